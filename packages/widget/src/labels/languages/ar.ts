import type { Labels } from '../labels-for.ts';

/** Arabic. U+2068 and U+2069 keep a number in its own order: it is written from left to right. */
const labels: Labels = {
  heading: 'ربط رقم واتساب الخاص بك',
  launch: 'المتابعة باستخدام Meta',
  retry: 'إعادة المحاولة',
  reopen: 'فتح النافذة مجددًا',
  number: 'رقمك',
  pick: 'أي رقم تريد؟',
  choose: 'في نافذة Meta، اختر \u2068{number}\u2069. لا حاجة إلى رمز.',
  noNumber: 'لا يتوفر رقم مُجهَّز حاليًا. يمكنك استخدام رقم خاص بك.',
  reference: 'الرمز المرجعي:',

  coach: 'في نافذة Meta',
  coachLogIn: 'سجّل الدخول واختر نشاطك التجاري.',
  coachChoose: 'في قائمة الأرقام، اختر \u2068{number}\u2069.',
  coachNoCode: 'لن يُطلب منك أي رمز.',
  coachOwn: 'أدخل رقمك الخاص والرمز الذي ترسله Meta إليه.',
  coachFinish: 'في النهاية، اضغط على «إنهاء».',

  signedUp: 'التسجيل في Meta',
  confirmed: 'تأكيد من Meta',
  inService: 'تسجيل الرقم',

  text: 'تلقّي رمز عبر SMS',
  call: 'تلقّي رمز عبر مكالمة',
  texted: 'رسالة SMS بالرمز في طريقها إليك.',
  called: 'ستتلقّى مكالمة بالرمز.',
  code: 'رمز من 6 أرقام',
  confirm: 'تأكيد',

  loading: 'جارٍ التحضير…',
  ready: 'يستغرق ذلك بضع دقائق.',
  launching: 'جارٍ التحضير…',
  'in-popup': 'تابع في نافذة Meta. أبقِ هذه الصفحة مفتوحة.',
  closed: 'هل اختفت النافذة؟ إذا ضغطت على «إنهاء»، فانتظر لحظة. وإلا، فافتحها مجددًا.',
  claiming: 'جارٍ التحقق لدى Meta…',
  registering: 'جارٍ تسجيل رقمك…',
  sending: 'الاتصال ليس جيدًا. يُرجى إبقاء هذه الصفحة مفتوحة، فالمحاولة مستمرة.',
  slow: 'يستغرق ذلك وقتًا أطول من المعتاد. يمكنك إغلاق هذه الصفحة، فالعملية مستمرة تلقائيًا.',
  verifying: 'تحتاج Meta أولًا إلى رمز للرقم \u2068{number}\u2069.',
  registered: 'اكتملت العملية. رقمك جاهز للاستخدام.',
  coexistence: 'اكتملت العملية. سيبقى رقمك في تطبيق واتساب للأعمال.',
  cancelled: 'لقد غادرت نافذة Meta. يمكنك المتابعة في أي وقت.',
  failed: 'لم ينجح ذلك.',
  unavailable: 'هذا غير متاح حاليًا.',

  popup_blocked: 'حظر المتصفح نافذة Meta. اسمح بالنوافذ المنبثقة لهذه الصفحة، ثم أعد المحاولة.',
  opener_cut: 'لا تتلقّى هذه الصفحة ردًا من نافذة Meta. يُرجى إبلاغ مزوّد الخدمة.',
  page_not_https: 'لا تعمل Meta إلا على صفحات https. يُرجى إبلاغ مزوّد الخدمة.',
  meta_error: 'حدث خطأ ما في نافذة Meta.',
  sdk_blocked: 'لم يتم تحميل تسجيل الدخول إلى Meta. قد يكون السبب أداة لحظر المحتوى.',
  sdk_timeout: 'يتأخر تحميل تسجيل الدخول إلى Meta. قد يكون السبب أداة لحظر المحتوى.',
  server_unreachable: 'لا يوجد اتصال حاليًا.',
  unauthenticated: 'يُرجى تسجيل الدخول أولًا.',
  session_of_another_customer: 'سجّل شخص آخر الدخول الآن. يُرجى البدء من جديد.',
  needs_signup: 'وصل تأكيد Meta بعد فوات الأوان. يُرجى إعادة الخطوات في النافذة.',
  needs_operator: 'سيراجع مزوّد الخدمة ذلك.',
  no_number: 'أنهيت الخطوات من دون رقم. يُرجى إعادتها في النافذة.',
  rejected: 'لم تؤكّد Meta هذا الرقم.',
  code_refused: 'هذا الرمز غير صحيح. تحقّق منه أو اطلب رمزًا آخر.',
  too_many_codes: 'طُلبت رموز كثيرة. يُرجى إعادة المحاولة لاحقًا.',
};

// oxlint-disable-next-line import/no-default-export -- a language is the whole of its file
export default labels;
