/** The newest version of Meta's Graph API that the kit is made for, and asks for where nobody says otherwise. */
export const newestGraphVersion = 'v26.0';
