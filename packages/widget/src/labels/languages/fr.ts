import type { Labels } from '../labels-for.ts';

/** French. U+202F is the narrow no-break space that French sets before “:” and “?” and inside guillemets. */
const labels: Labels = {
  heading: 'Connectez votre numéro WhatsApp',
  launch: 'Continuer avec Meta',
  retry: 'Réessayer',
  reopen: 'Rouvrir la fenêtre',
  number: 'Votre numéro',
  pick: 'Quel numéro souhaitez-vous\u202f?',
  choose: 'Dans la fenêtre de Meta, choisissez le {number}. Aucun code n’est nécessaire.',
  noNumber: 'Aucun numéro préparé n’est disponible pour le moment. Vous pouvez utiliser le vôtre.',
  reference: 'Code à indiquer\u202f:',

  coach: 'Dans la fenêtre de Meta',
  coachLogIn: 'Connectez-vous et choisissez votre entreprise.',
  coachChoose: 'Dans la liste des numéros, choisissez le {number}.',
  coachNoCode: 'Aucun code ne vous sera demandé.',
  coachOwn: 'Saisissez votre propre numéro et le code que Meta y enverra.',
  coachFinish: 'À la fin, appuyez sur «\u202fTerminer\u202f».',

  signedUp: 'Inscription chez Meta',
  confirmed: 'Confirmation de Meta',
  inService: 'Enregistrement',

  text: 'Recevoir un code par SMS',
  call: 'Recevoir un code par appel',
  texted: 'Un SMS avec le code est en route.',
  called: 'Vous allez recevoir un appel avec le code.',
  code: 'Code à 6 chiffres',
  confirm: 'Confirmer',

  loading: 'Préparation…',
  ready: 'Cela prend quelques minutes.',
  launching: 'Préparation…',
  'in-popup': 'Continuez dans la fenêtre de Meta. Gardez cette page ouverte.',
  closed:
    'La fenêtre a disparu\u202f? Si vous avez appuyé sur «\u202fTerminer\u202f», patientez un instant. Sinon, rouvrez-la.',
  claiming: 'Vérification auprès de Meta…',
  registering: 'Enregistrement de votre numéro…',
  sending: 'La connexion n’est pas bonne. Veuillez garder cette page ouverte, les tentatives continuent.',
  slow: 'Cela prend plus de temps que d’habitude. Vous pouvez fermer cette page, tout se poursuit sans elle.',
  verifying: 'Meta demande d’abord un code pour le {number}.',
  registered: 'C’est fait. Votre numéro est prêt à l’emploi.',
  coexistence: 'C’est fait. Votre numéro reste dans l’application WhatsApp Business.',
  cancelled: 'Vous avez quitté la fenêtre de Meta. Vous pouvez reprendre à tout moment.',
  failed: 'Cela n’a pas fonctionné.',
  unavailable: 'Ce n’est pas disponible pour le moment.',

  popup_blocked:
    'Le navigateur a bloqué la fenêtre de Meta. Autorisez les pop-ups pour cette page, puis réessayez.',
  opener_cut:
    'Cette page ne reçoit pas de réponse de la fenêtre de Meta. Veuillez prévenir votre prestataire.',
  page_not_https: 'Meta ne fonctionne que sur des pages en https. Veuillez prévenir votre prestataire.',
  meta_error: 'Un problème est survenu dans la fenêtre de Meta.',
  sdk_blocked:
    'Le module de connexion Meta ne s’est pas chargé. Un bloqueur de contenu est peut-être en cause.',
  sdk_timeout:
    'Le module de connexion Meta tarde à se charger. Un bloqueur de contenu est peut-être en cause.',
  server_unreachable: 'Il n’y a pas de connexion pour le moment.',
  unauthenticated: 'Veuillez d’abord vous connecter.',
  session_of_another_customer: 'Une autre personne est maintenant connectée. Veuillez recommencer.',
  needs_signup: 'La confirmation de Meta est arrivée trop tard. Veuillez recommencer dans la fenêtre.',
  needs_operator: 'Votre prestataire va s’en occuper.',
  no_number: 'Vous avez terminé sans numéro. Veuillez recommencer dans la fenêtre.',
  rejected: 'Meta n’a pas confirmé ce numéro.',
  code_refused: 'Ce code est incorrect. Vérifiez-le ou demandez-en un autre.',
  too_many_codes: 'Trop de codes pour l’instant. Veuillez réessayer plus tard.',
};

export default labels;
