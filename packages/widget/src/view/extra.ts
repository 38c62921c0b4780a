// The pieces that are not needed before a session is there: they come as a file of their own, so that the first one is small.
export { coach } from './coach.ts';
export { picker } from './picker.ts';
export { verification } from './verification.ts';
