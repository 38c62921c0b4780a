import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SignUpPage } from './sign-up-page.tsx';

const root = document.createElement('main');
document.body.append(root);
createRoot(root).render(
  <StrictMode>
    <SignUpPage />
  </StrictMode>,
);
