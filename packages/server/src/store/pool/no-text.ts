/** The columns of a number for which no text waits. */
export const noText = { sealed_text: null, text_received_at: null };
