-- Answers to forms of tools that only deliver: what came is all that is known of them, and is read by whoever maps it.
create index inbox_answers on inbox (connection_id, id) where topic = 'answer';
