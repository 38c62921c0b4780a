/** Meta, for verbs that do not speak with it. */
const refused = () => Promise.reject(new Error('Meta is not asked here'));
export const noGraph = { readNumber: refused, requestCode: refused, submitCode: refused };
