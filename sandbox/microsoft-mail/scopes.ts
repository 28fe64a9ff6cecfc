export const READ = ['Mail.Read', 'Mail.ReadWrite'];
