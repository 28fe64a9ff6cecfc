-- What a private meeting says was kept beside the reason for which it is left out. What it is called elsewhere follows by trigger.
update sync_records set label = '(Private)', field_values = '{}', match_keys = '{}'
  where excluded ->> 'code' = 'vendor' and excluded ->> 'en' like 'This meeting is private in %';
