// Registers the tag. Before the first render, so that React finds the element's properties and sets them as such.
import '@embedded-signup-kit/widget/element';
// Makes JSX know the tag. These are types alone, nothing is loaded.
import type { EmbeddedSignupProps } from '@embedded-signup-kit/widget/react';
import { useState } from 'react';

// Outside of the component: the same objects at every render, so nothing is set again.
const prefill: EmbeddedSignupProps['prefill'] = {
  business: { name: 'Lucky Shrub', email: 'hello@luckyshrub.example' },
  phone: { displayName: 'Lucky Shrub Plants', category: 'RETAIL', description: 'Plants and pots.' },
};
const labels: EmbeddedSignupProps['labels'] = { heading: 'Bring Lucky Shrub to WhatsApp' };

export function SignUpPage() {
  const [isShown, setIsShown] = useState(true);
  const [news, setNews] = useState('');
  return (
    <>
      <h1>React</h1>
      {isShown && (
        <embedded-signup
          server="/signup"
          prefill={prefill}
          labels={labels}
          onsignup-registered={({ claim }) =>
            setNews(`Registered: ${claim.displayPhoneNumber ?? 'your number'}`)
          }
          onsignup-cancel={({ step }) => setNews(`Left at: ${step ?? 'an unknown step'}`)}
          onsignup-error={({ problem }) => setNews(`Problem: ${problem.code}`)}
        />
      )}
      <output>{news}</output>
      <button type="button" onClick={() => setIsShown(!isShown)}>
        {isShown ? 'Remove it' : 'Put it back'}
      </button>
    </>
  );
}
