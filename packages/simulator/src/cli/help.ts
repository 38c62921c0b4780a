import { SMS_SECRET } from '../webhooks/sms/sms-request.ts';

/** What `--help` prints. */
export const HELP = `Usage: embedded-signup-simulator [options]

Plays Meta for WhatsApp Embedded Signup: Graph API, JavaScript SDK, popup and webhooks.
Settings for a host go to stdout as .env lines, everything else to stderr.

  --port N             port to listen on, 0 for any free one (4010)
  --host NAME          address to listen on (127.0.0.1)
  --numbers N          verified numbers in the pool at the start (3)
  --state FILE         go on from this file if it exists, and keep everything in it
  --clock C            time moves by itself or only when told: real | manual (real)
  --seed N             where ids, codes and tokens come from; the same seed gives the same ones (1)
  --profile P          errors as seen live, or as in Meta's OpenAPI description: live | openapi (live)
  --times T            times as text or as seconds: iso | unix (iso)
  --assume NAME=VALUE  answer to what Meta's documents leave open, see docs/assumptions.md; may be repeated
  --webhook URL        subscribe this callback once the simulator runs
  --sms URL            hand in the codes texted to the pool's numbers here, as their telephony provider would
  --sms-form F         how the provider does that: json | twilio | vonage (json)
  --sms-secret SECRET  what it proves itself with (${SMS_SECRET})
  --quiet              no line for every request
  --version            print the version
  --help               this text

What is in the state file wins over --numbers, --clock and --seed. Controls for tests are under /__simulator.
`;
