import type { Labels } from '../labels-for.ts';

/** Hindi; the customer is “आप”, and technical words are the English ones that WhatsApp uses. */
const labels: Labels = {
  heading: 'अपना WhatsApp नंबर कनेक्ट करें',
  launch: 'Meta के साथ जारी रखें',
  retry: 'फिर से कोशिश करें',
  reopen: 'विंडो फिर से खोलें',
  number: 'आपका नंबर',
  pick: 'आपको कौन-सा नंबर चाहिए?',
  choose: 'Meta की विंडो में {number} चुनें। इसके लिए कोड नहीं चाहिए।',
  noNumber: 'अभी कोई तैयार नंबर उपलब्ध नहीं है। आप अपना नंबर इस्तेमाल कर सकते हैं।',
  reference: 'रेफ़रेंस कोड:',

  coach: 'Meta की विंडो में',
  coachLogIn: 'लॉग इन करें और अपना बिज़नेस चुनें।',
  coachChoose: 'नंबरों की लिस्ट में {number} चुनें।',
  coachNoCode: 'आपसे कोई कोड नहीं माँगा जाएगा।',
  coachOwn: 'अपना नंबर और उस पर Meta से मिला कोड डालें।',
  coachFinish: 'आख़िर में “पूरा करें” दबाएँ।',

  signedUp: 'Meta पर साइन अप',
  confirmed: 'Meta से पुष्टि',
  inService: 'नंबर का रजिस्ट्रेशन',

  text: 'SMS से कोड पाएँ',
  call: 'कॉल से कोड पाएँ',
  texted: 'कोड वाला SMS भेजा जा रहा है।',
  called: 'आपको कॉल करके कोड बताया जाएगा।',
  code: '6 अंकों का कोड',
  confirm: 'पुष्टि करें',

  loading: 'तैयारी हो रही है…',
  ready: 'इसमें कुछ मिनट लगते हैं।',
  launching: 'तैयारी हो रही है…',
  'in-popup': 'Meta की विंडो में आगे बढ़ें। यह पेज खुला रखें।',
  closed: 'विंडो नहीं दिख रही है? अगर आपने “पूरा करें” दबाया है, तो थोड़ा इंतज़ार करें। अगर नहीं, तो उसे फिर से खोलें।',
  claiming: 'Meta के साथ जाँच हो रही है…',
  registering: 'आपका नंबर रजिस्टर हो रहा है…',
  sending: 'कनेक्शन अच्छा नहीं है। कृपया यह पेज खुला रखें, कोशिश जारी रहेगी।',
  slow: 'इसमें ज़्यादा समय लग रहा है। आप यह पेज बंद कर सकते हैं, काम अपने आप चलता रहेगा।',
  verifying: 'Meta को पहले {number} के लिए कोड चाहिए।',
  registered: 'सब हो गया। आपका नंबर इस्तेमाल के लिए तैयार है।',
  coexistence: 'सब हो गया। आपका नंबर WhatsApp Business ऐप में बना रहेगा।',
  cancelled: 'आपने Meta की विंडो छोड़ दी। आप कभी भी जारी रख सकते हैं।',
  failed: 'यह नहीं हो पाया।',
  unavailable: 'यह अभी उपलब्ध नहीं है।',

  popup_blocked: 'ब्राउज़र ने Meta की विंडो ब्लॉक कर दी। इस पेज के लिए पॉप-अप की अनुमति दें और फिर से कोशिश करें।',
  opener_cut: 'इस पेज को Meta की विंडो से जवाब नहीं मिल रहा है। कृपया अपने प्रोवाइडर को बताएँ।',
  page_not_https: 'Meta सिर्फ़ https वाले पेज पर काम करता है। कृपया अपने प्रोवाइडर को बताएँ।',
  meta_error: 'Meta की विंडो में कुछ गड़बड़ी हुई।',
  sdk_blocked: 'Meta का लॉगिन लोड नहीं हुआ। शायद कोई कंटेंट ब्लॉकर इसे रोक रहा है।',
  sdk_timeout: 'Meta का लॉगिन धीरे लोड हो रहा है। शायद कोई कंटेंट ब्लॉकर इसे रोक रहा है।',
  server_unreachable: 'अभी कनेक्शन नहीं है।',
  unauthenticated: 'कृपया पहले लॉग इन करें।',
  session_of_another_customer: 'अब कोई और लॉग इन है। कृपया फिर से शुरू करें।',
  needs_signup: 'Meta की पुष्टि बहुत देर से आई। कृपया विंडो के चरण फिर से पूरे करें।',
  needs_operator: 'आपका प्रोवाइडर इसे देखेगा।',
  no_number: 'आपने बिना नंबर के चरण पूरे किए। कृपया विंडो के चरण फिर से पूरे करें।',
  rejected: 'Meta ने इस नंबर की पुष्टि नहीं की।',
  code_refused: 'यह कोड सही नहीं है। इसे जाँचें या दूसरा कोड माँगें।',
  too_many_codes: 'अभी बहुत ज़्यादा कोड माँगे जा चुके हैं। कृपया बाद में फिर कोशिश करें।',
};

// oxlint-disable-next-line import/no-default-export -- a language is the whole of its file
export default labels;
