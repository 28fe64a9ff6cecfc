export const READ = ['Contacts.Read', 'Contacts.ReadWrite'];
export const WRITE = ['Contacts.ReadWrite'];
