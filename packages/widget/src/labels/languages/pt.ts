import type { Labels } from '../labels-for.ts';

/** Portuguese as in Brazil, with words that Portugal knows too. */
const labels: Labels = {
  heading: 'Conecte seu número do WhatsApp',
  launch: 'Continuar com a Meta',
  retry: 'Tentar novamente',
  reopen: 'Abrir a janela novamente',
  number: 'Seu número',
  pick: 'Qual número você prefere?',
  choose: 'Na janela da Meta, escolha {number}. Nenhum código é necessário.',
  noNumber: 'No momento, não há nenhum número preparado disponível. Você pode usar um número seu.',
  reference: 'Código de referência:',

  coach: 'Na janela da Meta',
  coachLogIn: 'Entre e escolha sua empresa.',
  coachChoose: 'Na lista de números, escolha {number}.',
  coachNoCode: 'Nenhum código será solicitado.',
  coachOwn: 'Digite seu próprio número e o código que a Meta enviar para ele.',
  coachFinish: 'No final, clique em “Concluir”.',

  signedUp: 'Inscrição na Meta',
  confirmed: 'Confirmação da Meta',
  inService: 'Registro do número',

  text: 'Receber código por SMS',
  call: 'Receber código por chamada',
  texted: 'O SMS com o código está a caminho.',
  called: 'Você receberá uma chamada com o código.',
  code: 'Código de 6 dígitos',
  confirm: 'Confirmar',

  loading: 'Preparando…',
  ready: 'Leva só alguns minutos.',
  launching: 'Preparando…',
  'in-popup': 'Continue na janela da Meta. Mantenha esta página aberta.',
  closed: 'A janela desapareceu? Se você clicou em “Concluir”, aguarde um momento. Se não, abra-a novamente.',
  claiming: 'Verificando com a Meta…',
  registering: 'Registrando seu número…',
  sending: 'A conexão não está boa. Mantenha esta página aberta, as tentativas continuam.',
  slow: 'Está demorando mais do que o normal. Você pode fechar esta página, o processo continua sozinho.',
  verifying: 'Primeiro, a Meta precisa de um código para {number}.',
  registered: 'Tudo pronto. Seu número já pode ser usado.',
  coexistence: 'Tudo pronto. Seu número continua no app WhatsApp Business.',
  cancelled: 'Você saiu da janela da Meta. Pode continuar quando quiser.',
  failed: 'Não foi possível concluir.',
  unavailable: 'Não disponível no momento.',

  popup_blocked: 'O navegador bloqueou a janela da Meta. Permita pop-ups nesta página e tente novamente.',
  opener_cut: 'Esta página não recebe respostas da janela da Meta. Avise seu provedor.',
  page_not_https: 'A Meta só funciona em páginas com https. Avise seu provedor.',
  meta_error: 'Algo deu errado na janela da Meta.',
  sdk_blocked: 'O login da Meta não carregou. Um bloqueador de conteúdo pode estar atrapalhando.',
  sdk_timeout:
    'O login da Meta está demorando para carregar. Um bloqueador de conteúdo pode estar atrapalhando.',
  server_unreachable: 'Não há conexão no momento.',
  unauthenticated: 'Primeiro, entre na sua conta.',
  session_of_another_customer: 'Agora há outra pessoa conectada. Comece novamente.',
  needs_signup: 'A confirmação da Meta chegou tarde demais. Repita os passos na janela.',
  needs_operator: 'Seu provedor vai analisar isso.',
  no_number: 'Você terminou sem um número. Repita os passos na janela.',
  rejected: 'A Meta não confirmou este número.',
  code_refused: 'O código não está correto. Confira-o ou peça outro.',
  too_many_codes: 'Muitos códigos por enquanto. Tente novamente mais tarde.',
};

export default labels;
