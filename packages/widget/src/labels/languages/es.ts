import type { Labels } from '../labels-for.ts';

/** Spanish, for Spain and Latin America alike; the customer is “tú”, as in Meta’s own texts. */
const labels: Labels = {
  heading: 'Conecta tu número de WhatsApp',
  launch: 'Continuar con Meta',
  retry: 'Reintentar',
  reopen: 'Abrir de nuevo la ventana',
  number: 'Tu número',
  pick: '¿Qué número prefieres?',
  choose: 'En la ventana de Meta, elige {number}. No necesita código.',
  noNumber: 'En este momento no hay ningún número preparado. Puedes usar un número propio.',
  reference: 'Código de referencia:',

  coach: 'En la ventana de Meta',
  coachLogIn: 'Inicia sesión y elige tu empresa.',
  coachChoose: 'En la lista de números, elige {number}.',
  coachNoCode: 'No se te pedirá ningún código.',
  coachOwn: 'Escribe tu propio número y el código que Meta envíe a ese número.',
  coachFinish: 'Al final, presiona «Finalizar».',

  signedUp: 'Inscripción en Meta',
  confirmed: 'Confirmación de Meta',
  inService: 'Registro del número',

  text: 'Recibir código por SMS',
  call: 'Recibir código por llamada',
  texted: 'El SMS con el código va en camino.',
  called: 'Recibirás una llamada con el código.',
  code: 'Código de 6 dígitos',
  confirm: 'Confirmar',

  loading: 'Preparando…',
  ready: 'Solo tardarás unos minutos.',
  launching: 'Preparando…',
  'in-popup': 'Sigue en la ventana de Meta. Mantén esta página abierta.',
  closed: '¿Ya no ves la ventana? Si presionaste «Finalizar», espera un momento. Si no, ábrela de nuevo.',
  claiming: 'Verificando con Meta…',
  registering: 'Registrando tu número…',
  sending: 'La conexión no es buena. Mantén esta página abierta, se seguirá intentando.',
  slow: 'Esto tarda más de lo habitual. Puedes cerrar esta página, el proceso continúa solo.',
  verifying: 'Primero, Meta necesita un código para {number}.',
  registered: 'Todo listo. Ya puedes usar tu número.',
  coexistence: 'Todo listo. Tu número sigue en la app WhatsApp Business.',
  cancelled: 'Saliste de la ventana de Meta. Puedes continuar cuando quieras.',
  failed: 'No se pudo completar.',
  unavailable: 'No está disponible en este momento.',

  popup_blocked:
    'El navegador bloqueó la ventana de Meta. Permite las ventanas emergentes en esta página y vuelve a intentarlo.',
  opener_cut: 'Esta página no recibe respuesta de la ventana de Meta. Avisa a tu proveedor.',
  page_not_https: 'Meta solo funciona en páginas con https. Avisa a tu proveedor.',
  meta_error: 'Algo salió mal en la ventana de Meta.',
  sdk_blocked: 'El inicio de sesión de Meta no se cargó. Puede que lo impida un bloqueador de contenido.',
  sdk_timeout:
    'El inicio de sesión de Meta tarda en cargarse. Puede que lo impida un bloqueador de contenido.',
  server_unreachable: 'No hay conexión en este momento.',
  unauthenticated: 'Primero, inicia sesión.',
  session_of_another_customer: 'La sesión ahora es de otra persona. Empieza de nuevo.',
  needs_signup: 'La confirmación de Meta llegó demasiado tarde. Repite los pasos en la ventana.',
  needs_operator: 'Tu proveedor lo revisará.',
  no_number: 'Terminaste sin un número. Repite los pasos en la ventana.',
  rejected: 'Meta no confirmó este número.',
  code_refused: 'El código no es correcto. Revísalo o pide otro.',
  too_many_codes: 'Demasiados códigos por ahora. Inténtalo más tarde.',
};

export default labels;
