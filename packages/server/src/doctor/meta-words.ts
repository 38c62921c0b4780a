/** Texts that are Meta's own, and  be shown wherever they stand whole. */
export const knownWords: ReadonlySet<string> = new Set(
  `VERIFIED NOT_VERIFIED UNVERIFIED EXPIRED PENDING verified not_verified pending rejected
  APP USER PAGE SYSTEM_USER BUSINESS_INTEGRATION_SYSTEM_USER SYSTEM_USER_TOKEN
  OAuthException GraphMethodException FacebookApiException
  whatsapp_business_account page permissions user instagram application
  business_management whatsapp_business_management whatsapp_business_messaging whatsapp_business_manage_events public_profile email
  account_alerts account_review_update account_settings_update account_update automatic_events business_capability_update
  business_status_update calls flows history message_echoes message_template_components_update message_template_quality_update
  message_template_status_update messages messaging_handovers partner_solutions payment_configuration_update
  phone_number_name_update phone_number_quality_update security smb_app_state_sync smb_message_echoes standby
  template_category_update template_correct_category_detection template_performance_metrics tracking_events user_preferences
  debug_token subscriptions preverified_numbers
  whatsapp standard_access development_access
  data id app_id app_name user_id type name is_valid scopes scope granular_scopes target_ids expires_at issued_at
  data_access_expires_at metadata profile_id object callback_url active fields version paging cursors before after next previous
  phone_number code_verification_status code_verification_time verification_expiry_time owner_business verification_status
  error code message error_subcode error_user_title error_user_msg error_data details fbtrace_id is_transient
  messaging_product call_count total_time total_cputime estimated_time_to_regain_access input_token appsecret_proof access_token
  fields limit acc_id_util_pct reset_time_duration ads_api_access_tier`.split(/\s+/),
);

/** Words of the sentences that Meta documents for these calls. None of them says who somebody is. */
export const vocabulary: ReadonlySet<string> = new Set(
  `a about access account accounts action active actions add admin after again all allowed already an and any api app
  application are argument as asset at authorization available be because been been before belong blocked business businesses
  by call callback calls can cannot changed check client code codes contact container correct could create data
  deactivated deprecated denied determine did disabled do documentation does due eligible email endpoint enough error exceeded
  exist expired expires fail failed feature field fields for format found from get given graph graphmethodexception  granted
  has have header held how http https id ids if in incorrect input insufficient internal invalid is issue issued it its join
  later level limit limited list loaded logged long made management manage match matched  message method missing more must
  need needs no node nonexisting not number numbers oauth object occurred of on once one only operation operations or org other
  out owner page parameter parameters parse partner password path pending permission permissions phone please pool portfolio
  pre-verified preverified problem process proof properties provided pre query rate reached read reason received request requested
  requests require required requires resource response restricted retry review role same secret see server service session
  set should signature since solution some state status subscription subscribed subscriptions such support supported system
  task temporarily that the then there this time times to token too try twice type unable unavailable unexpected unknown
  unsupported until upgrade url use used user users valid validate validating value verification verified verify version viewing
  was we webhook were whatsapp when which while  with within without wrong you your
  app_id input_token appsecret_proof access_token oauthexception`.split(/\s+/),
);
