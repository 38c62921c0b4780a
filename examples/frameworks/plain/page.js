// @ts-check
const signup = document.querySelector('embedded-signup');
const [place, news, toggle] = ['place', 'news', 'toggle'].map((id) => document.getElementById(id));
if (!signup || !place || !news || !toggle) throw new Error('The page and its script do not fit together.');

signup.prefill = {
  business: { name: 'Lucky Shrub', email: 'hello@luckyshrub.example' },
  phone: { displayName: 'Lucky Shrub Plants', category: 'RETAIL', description: 'Plants and pots.' },
};
signup.labels = { heading: 'Bring Lucky Shrub to WhatsApp' };

signup.addEventListener('signup-registered', ({ claim }) => {
  news.textContent = `Registered: ${claim.displayPhoneNumber ?? 'your number'}`;
});
signup.addEventListener('signup-cancel', ({ step }) => {
  news.textContent = `Left at: ${step ?? 'an unknown step'}`;
});
signup.addEventListener('signup-error', ({ problem }) => {
  news.textContent = `Problem: ${problem.code}`;
});

toggle.addEventListener('click', () => {
  // Nothing else to do: an element that is not in the page listens to nothing and asks for nothing.
  if (signup.isConnected) signup.remove();
  else place.append(signup);
  toggle.textContent = signup.isConnected ? 'Remove it' : 'Put it back';
});
