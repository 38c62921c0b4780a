/** How a column may be called: without regard to case, `_`, `-` and spaces. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');
