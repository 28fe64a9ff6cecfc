/** The name by which Outlook calls what is to be done when a mail is sent: both manifests name it. */
export const ON_SEND = 'onMessageSend';
