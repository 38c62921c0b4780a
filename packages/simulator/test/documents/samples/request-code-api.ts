/** What the reference "Request Verification Code API" prints, character by character. */
export const REQUEST_CODE_API = {
  curl: {
    requestCode: String.raw`curl --request POST \
--url 'https://graph.facebook.com/{Version}/{Pre-Verified-Phone-Number-ID}/request_code' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{
"code_method": "SMS",
"language": "en_US"
}'`,
    requestCodeAgain: String.raw`curl --request POST \
--url 'https://graph.facebook.com/{Version}/{Pre-Verified-Phone-Number-ID}/request_code' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{
"code_method": "SMS",
"language": "en_US"
}'`,
  },
  json: {
    requestCode: String.raw`{
"success_response": {
"summary": "Successful code request",
"value": {
"success": true
}
}
}`,
    requestCodeAgain: String.raw`{
"success_response": {
"summary": "Successful code request",
"value": {
"success": true
}
}
}`,
  },
  syntax: {
    requestCode: 'POST /{Version}/{Pre-Verified-Phone-Number-ID}/request_code',
    requestCodeAgain: 'POST /{Version}/{Pre-Verified-Phone-Number-ID}/request_code',
  },
  text: {
    endpoints: '| | | | POST | /{Version}/{Pre-Verified-Phone-Number-ID}/request_code |',
    statuses: '200400401403404422500',
    statusesAgain: '200400401403404422500',
  },
  /** The table "Responses": status and description. */
  responses: {
    requestCode: {
      200: 'Successfully requested verification code',
      400: 'Bad Request - Invalid parameters or malformed request',
      401: 'Unauthorized - Invalid or missing access token',
      403: 'Forbidden - Insufficient permissions or access denied',
      404: 'Not Found - Pre-verified phone number ID does not exist or is not accessible',
      422: 'Unprocessable Entity - Request parameters are valid but cannot be processed',
      500: 'Internal Server Error - Unexpected server error',
    },
  },
} as const;
