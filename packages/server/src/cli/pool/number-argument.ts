/** The argument of every command about one number. */
export const numberArgument = [
  '<number>',
  'Meta’s id of the number, or its telephone number with the plus',
] as const;
