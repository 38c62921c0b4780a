/** What the guide "Pre-verified phone numbers" prints, character by character. */
export const PRE_VERIFIED_NUMBERS_GUIDE = {
  curl: {
    addNumber: String.raw`curl -X POST 'https://graph.facebook.com/v21.0/506914307656634/add_phone_numbers?phone_number=15550783881' \
-H 'Authorization: Bearer EAAJB...'`,
    requestCode: String.raw`curl -X POST 'https://graph.facebook.com/v21.0/106540352242922/request_code?code_method=SMS&language=en_US' \
-H 'Authorization: Bearer EAAJB...'`,
    verifyCode: String.raw`curl -X POST 'https://graph.facebook.com/v21.0/106540352242922/verify_code?code=123456' \
-H 'Authorization: Bearer EAAJB...'`,
    share: String.raw`curl -X POST 'https://graph.facebook.com/v17.0/share_preverified_numbers?partner_business_id=506914307656634&preverified_id=1706193509821738' \
-H 'Authorization: Bearer EAAH0...'`,
    unshare: String.raw`curl -X DELETE 'https://graph.facebook.com/v17.0/share_preverified_numbers?partner_business_id=506914307656634&preverified_id=1706193509821738' \
-H 'Authorization: Bearer EAAH0...'`,
    attach: String.raw`curl 'https://graph.facebook.com/v21.0/506914307656634/phone_numbers' \
-H 'Content-Type: text/plain' \
-H 'Authorization: Bearer EAAH7...' \
-d '
{
  "preverified_id": "6635066806614622",
  "country_dial_code": "1",
  "display_phone_number": "5550783881",
  "verified_name": "Lucky Shrub"
}'`,
  },
  json: {
    addNumberSyntax: String.raw`{
  "id": "<WHATSAPP_BUSINESS_PRE_VERIFIED_PHONE_NUMBER_ID>"
}`,
    addNumber: String.raw`{
  "id": "106540352242922"
}`,
    requestCodeSyntax: String.raw`{
  "success": <SUCCESS>
}`,
    requestCode: String.raw`{
  "success": true
}`,
    verifyCodeSyntax: String.raw`{
  "success": <SUCCESS>
}`,
    verifyCode: String.raw`{
  "success": true
}`,
    launchSyntax: String.raw`{
  scope: '<SCOPE>',
  extras: {
    feature: '<FEATURE>',
    setup: {
      preVerifiedPhone: {
        ids: [<IDS>]
      }
    }
  }
}`,
    launch: String.raw`{
  scope: 'business_management,whatsapp_business_management',
  extras: {
    feature: 'whatsapp_embedded_signup',
    version: 2,
    setup: {
	business: {
	  name: 'Acme Inc.',
	  email: 'johndoe@acme.com',
	  phone: {
	    code: 1,
	    number: '6505551234'
        },
	  website: 'https://www.acme.com',
        address: {
          streetAddress1: '1 Acme Way',
          city: 'Acme Town',
          state: 'CA',
          zipPostal: '94000',
          country: 'US'
        },
        timezone: 'UTC-08:00'
      },
      phone: {
        displayName: 'Acme Inc.',
        category: 'ENTERTAIN',
        description: 'Gears and widgets'
      },
      preVerifiedPhone: {
        ids: ['106540352242922','105954558954427']
      }
    }
  }
}`,
    shareSyntax: String.raw`{
  "success": <SUCCESS>
}`,
    share: String.raw`{
  "success": true
}`,
    attachBody: String.raw`{
  "preverified_id": "<PREVERIFIED_ID>",
  "country_dial_code": "<COUNTRY_DIAL_CODE>",
  "display_phone_number": "<DISPLAY_PHONE_NUMBER>",
  "verified_name": "<VERIFIED_NAME>"
}`,
    attachSyntax: String.raw`{
  "id": "<ID>"
}`,
    attach: String.raw`{
  "id": "108692048990658"
}`,
  },
  syntax: {
    addNumber: String.raw`POST /<BUSINESS_PORTFOLIO_ID>/add_phone_numbers
  ?phone_number=<PHONE_NUMBER>`,
    requestCode: String.raw`POST /<WHATSAPP_BUSINESS_PRE_VERIFIED_PHONE_NUMBER_ID>/request_code
  ?code_method=<CODE_METHOD>
  &language=<LANGUAGE>`,
    verifyCode: String.raw`POST /<WHATSAPP_BUSINESS_PRE_VERIFIED_PHONE_NUMBER_ID>/verify_code
  ?code=<CODE>`,
    findClaimed: 'GET /102290129340398/phone_numbers?display_phone_number=16505551234',
    list: 'GET /<BUSINESS_ACCOUNT_ID>/preverified_numbers',
    listVerified: 'GET /<BUSINESS_ACCOUNT_ID>/preverified_numbers?code_verification_status=VERIFIED',
    share: String.raw`POST /<BUSINESS_ID>/share_preverified_numbers
  ?partner_business_id=<PARTNER_BUSINESS_ID>
  &preverified_id=<PREVERIFIED_ID>`,
    unshare: String.raw`DELETE /<BUSINESS_ID>/share_preverified_numbers
  ?partner_business_id=<PARTNER_BUSINESS_ID>
  &preverified_id=<PREVERIFIED_ID>`,
    attach: 'POST /<WHATSAPP_BUSINESS_ACCOUNT_ID>/phone_numbers',
  },
  text: {
    smsSyntax: 'WhatsApp code <CODE>',
    voiceSyntax: 'Verification code is <CODE>',
    sms: 'WhatsApp code 123-456',
    voiceHow: 'Repeated three times.',
    voice: 'Verification code is 123456',
  },
} as const;
