import type { EmbeddedSignupOptions } from '@embedded-signup-kit/server';

/** What this site does when somebody is not known to be the same person any more: it writes a line. Yours may call them. */
export const identityNews = {
  identityChanged: ({ data }) => {
    const { waId, phoneNumberId, how } = data;
    const why = how === 'mismatch' ? 'a verified text was not delivered' : 'Meta names another identity';
    const customer = JSON.stringify({ phoneNumberId, to: `+${waId}`, changeId: data.changeId });
    console.log(
      `identityChanged: +${waId} may be somebody else now (${why}). Make sure who it is, then call signup.numbers.trustIdentity(${customer}).`,
    );
  },
} satisfies EmbeddedSignupOptions['on'];
