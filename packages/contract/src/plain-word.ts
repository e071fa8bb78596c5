/** A word as it is compared with others: full and half width, capitals and blanks around it make no difference. */
export const plainWord = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
