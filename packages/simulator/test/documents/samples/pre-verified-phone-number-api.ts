/** What the reference "WhatsApp Business Pre-Verified Phone Number API" prints, character by character. */
export const PRE_VERIFIED_PHONE_NUMBER_API = {
  curl: {
    read: String.raw`curl --request GET \
--url 'https://graph.facebook.com/{Version}/{Pre-Verified-Phone-Number-ID}' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{}'`,
    readAgain: String.raw`curl --request GET \
--url 'https://graph.facebook.com/{Version}/{Pre-Verified-Phone-Number-ID}' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{}'`,
    delete: String.raw`curl --request DELETE \
--url 'https://graph.facebook.com/{Version}/{Pre-Verified-Phone-Number-ID}' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{}'`,
    deleteAgain: String.raw`curl --request DELETE \
--url 'https://graph.facebook.com/{Version}/{Pre-Verified-Phone-Number-ID}' \
--header 'Authorization: Bearer <Token>' \
--header 'Content-Type: application/json' \
--data '{}'`,
  },
  json: {
    read: String.raw`{
"verified_number": {
"summary": "Verified pre-verified phone number",
"value": {
"id": "1234567890123456",
"phone_number": "+15551234567",
"code_verification_status": "VERIFIED",
"code_verification_time": 1705312200,
"verification_expiry_time": 1705398600,
"owner_business": {
"id": "9876543210987654",
"name": "Example Business Corp"
}
}
},
"not_verified_number": {
"summary": "Not yet verified phone number",
"value": {
"id": "2345678901234567",
"phone_number": "+442012345678",
"code_verification_status": "NOT_VERIFIED"
}
}
}`,
    readAgain: String.raw`{
"verified_number": {
"summary": "Verified pre-verified phone number",
"value": {
"id": "1234567890123456",
"phone_number": "+15551234567",
"code_verification_status": "VERIFIED",
"code_verification_time": 1705312200,
"verification_expiry_time": 1705398600,
"owner_business": {
"id": "9876543210987654",
"name": "Example Business Corp"
}
}
},
"not_verified_number": {
"summary": "Not yet verified phone number",
"value": {
"id": "2345678901234567",
"phone_number": "+442012345678",
"code_verification_status": "NOT_VERIFIED"
}
}
}`,
    delete: String.raw`{
"success": "true"
}`,
    deleteAgain: String.raw`{
"success": "true"
}`,
  },
  syntax: {
    read: 'GET /{Version}/',
    readAgain: 'GET /{Version}/',
    delete: 'DELETE /{Version}/',
    deleteAgain: 'DELETE /{Version}/',
  },
  text: {
    endpoints:
      '| | | | GET | /{Version}/{Pre-Verified-Phone-Number-ID} | | DELETE | /{Version}/{Pre-Verified-Phone-Number-ID} |',
    statuses: '200400401403404422500',
    statusesAgain: '200400401403404422500',
    deleteStatuses: '200400401403404422500',
    deleteStatusesAgain: '200400401403404422500',
  },
  /** The table "Responses": status and description. */
  responses: {
    read: {
      200: 'Successfully retrieved pre-verified phone number details',
      400: 'Bad Request - Invalid parameters or malformed request',
      401: 'Unauthorized - Invalid or missing access token',
      403: 'Forbidden - Insufficient permissions or access denied',
      404: 'Not Found - Pre-verified phone number ID does not exist or is not accessible',
      422: 'Unprocessable Entity - Request parameters are valid but cannot be processed',
      500: 'Internal Server Error - Unexpected server error',
    },
    delete: {
      200: 'Successfully deleted pre-verified phone number',
      400: 'Bad Request - Invalid parameters or malformed request',
      401: 'Unauthorized - Invalid or missing access token',
      403: 'Forbidden - Insufficient permissions or access denied',
      404: 'Not Found - Pre-verified phone number ID does not exist or is not accessible',
      422: 'Unprocessable Entity - Phone number cannot be deleted due to current state',
      500: 'Internal Server Error - Unexpected server error',
    },
  },
} as const;
