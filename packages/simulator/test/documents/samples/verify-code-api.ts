/** What the reference "Phone Number Verification - Verify Code API" prints, character by character. */
export const VERIFY_CODE_API = {
  curl: {
    verifyCode: String.raw`curl --request POST \
--url 'https://graph.facebook.com/{Version}/{Phone-Number-ID}/verify_code' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{
"code": "123456"
}'`,
    verifyCodeAgain: String.raw`curl --request POST \
--url 'https://graph.facebook.com/{Version}/{Phone-Number-ID}/verify_code' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{
"code": "123456"
}'`,
  },
  json: {
    verifyCode: String.raw`{
"successful_verification": {
"summary": "Successful verification response",
"value": {
"success": true,
"id": "1234567890123456"
}
}
}`,
    verifyCodeAgain: String.raw`{
"successful_verification": {
"summary": "Successful verification response",
"value": {
"success": true,
"id": "1234567890123456"
}
}
}`,
  },
  syntax: {
    verifyCode: 'POST /{Version}/{Phone-Number-ID}/verify_code',
    verifyCodeAgain: 'POST /{Version}/{Phone-Number-ID}/verify_code',
  },
  /** The table "Responses": status and description. */
  responses: {
    verifyCode: {
      200: 'Successfully verified the phone number verification code',
      400: 'Bad Request - Invalid parameters or malformed request',
      401: 'Unauthorized - Invalid or missing access token',
      403: 'Forbidden - Insufficient permissions or access denied',
      404: 'Not Found - Phone number ID does not exist or is not accessible',
      422: 'Unprocessable Entity - Invalid or expired verification code',
      429: 'Too Many Requests - Rate limit exceeded',
      500: 'Internal Server Error - Unexpected server error',
    },
  },
} as const;
