import { styles } from './styles.ts';

/** Gives the card its look: by a style sheet that is made by a constructor, which even a strict Content-Security-Policy allows. */
export function adoptStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
}
