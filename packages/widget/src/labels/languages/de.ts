import type { Labels } from '../labels-for.ts';

/** German; the customer is “Sie”. */
const labels: Labels = {
  heading: 'Verbinden Sie Ihre WhatsApp-Nummer',
  launch: 'Weiter mit Meta',
  retry: 'Erneut versuchen',
  reopen: 'Fenster erneut öffnen',
  number: 'Ihre Nummer',
  pick: 'Welche Nummer möchten Sie?',
  choose: 'Wählen Sie im Meta-Fenster {number}. Ein Code ist nicht nötig.',
  noNumber: 'Zurzeit ist keine vorbereitete Nummer verfügbar. Sie können eine eigene Nummer verwenden.',
  reference: 'Code für Rückfragen:',

  coach: 'Im Meta-Fenster',
  coachLogIn: 'Melden Sie sich an und wählen Sie Ihr Unternehmen.',
  coachChoose: 'Wählen Sie in der Nummernliste {number}.',
  coachNoCode: 'Sie werden nicht nach einem Code gefragt.',
  coachOwn: 'Geben Sie Ihre eigene Nummer ein und dann den Code, den Meta dorthin sendet.',
  coachFinish: 'Wählen Sie am Ende „Fertigstellen“.',

  signedUp: 'Bei Meta angemeldet',
  confirmed: 'Von Meta bestätigt',
  inService: 'Registrierung',

  text: 'Code per SMS erhalten',
  call: 'Code per Anruf erhalten',
  texted: 'Eine SMS mit dem Code ist unterwegs.',
  called: 'Sie erhalten einen Anruf mit dem Code.',
  code: '6-stelliger Code',
  confirm: 'Bestätigen',

  loading: 'Wird vorbereitet …',
  ready: 'Es dauert nur wenige Minuten.',
  launching: 'Wird vorbereitet …',
  'in-popup': 'Fahren Sie im Meta-Fenster fort. Lassen Sie diese Seite geöffnet.',
  closed:
    'Ist das Fenster weg? Wenn Sie „Fertigstellen“ gewählt haben, warten Sie einen Moment. Wenn nicht, öffnen Sie es erneut.',
  claiming: 'Wird bei Meta geprüft …',
  registering: 'Ihre Nummer wird registriert …',
  sending: 'Die Verbindung ist nicht gut. Bitte lassen Sie diese Seite geöffnet, sie versucht es weiter.',
  slow: 'Das dauert länger als üblich. Sie können diese Seite schließen, es geht von selbst weiter.',
  verifying: 'Meta braucht zuerst einen Code für {number}.',
  registered: 'Alles erledigt. Ihre Nummer ist einsatzbereit.',
  coexistence: 'Alles erledigt. Ihre Nummer bleibt in der WhatsApp Business App.',
  cancelled: 'Sie haben das Meta-Fenster verlassen. Sie können jederzeit weitermachen.',
  failed: 'Das hat nicht funktioniert.',
  unavailable: 'Das ist zurzeit nicht verfügbar.',

  popup_blocked:
    'Der Browser hat das Meta-Fenster blockiert. Erlauben Sie Pop-ups für diese Seite und versuchen Sie es erneut.',
  opener_cut: 'Diese Seite erhält keine Antwort aus dem Meta-Fenster. Bitte informieren Sie Ihren Anbieter.',
  page_not_https: 'Meta funktioniert nur auf Seiten mit https. Bitte informieren Sie Ihren Anbieter.',
  meta_error: 'Im Meta-Fenster ist etwas schiefgelaufen.',
  sdk_blocked: 'Die Meta-Anmeldung wurde nicht geladen. Möglicherweise stört ein Inhaltsblocker.',
  sdk_timeout: 'Die Meta-Anmeldung lädt nur langsam. Möglicherweise stört ein Inhaltsblocker.',
  server_unreachable: 'Zurzeit besteht keine Verbindung.',
  unauthenticated: 'Bitte melden Sie sich zuerst an.',
  session_of_another_customer: 'Jetzt ist jemand anderes angemeldet. Bitte beginnen Sie von vorn.',
  needs_signup: 'Die Bestätigung von Meta kam zu spät. Bitte wiederholen Sie die Schritte im Fenster.',
  needs_operator: 'Ihr Anbieter kümmert sich darum.',
  no_number: 'Sie haben ohne Nummer abgeschlossen. Bitte wiederholen Sie die Schritte im Fenster.',
  rejected: 'Meta hat diese Nummer nicht bestätigt.',
  code_refused: 'Der Code ist nicht richtig. Prüfen Sie ihn oder fordern Sie einen anderen an.',
  too_many_codes: 'Vorerst zu viele Codes. Bitte versuchen Sie es später erneut.',
};

export default labels;
