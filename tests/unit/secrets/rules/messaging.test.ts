import { messagingRules } from "../../../../src/secrets/rules/messaging.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  HEX,
  LETTERS,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(messagingRules, {
  "slack-token": {
    finds: [
      `xoxb-${fakeToken(DIGITS, 12)}-${fakeToken(DIGITS, 12)}-${fakeToken(ALNUM, 24)}`,
      `xoxp-${fakeToken(DIGITS, 11)}-${fakeToken(DIGITS, 11)}-${fakeToken(DIGITS, 12)}-${fakeToken(HEX, 32)}`,
      `xoxe.xoxp-1-${fakeToken(ALNUM, 160)}`,
      `xapp-1-A${fakeToken(UPPER_ALNUM, 10)}-${fakeToken(DIGITS, 13)}-${fakeToken(HEX, 64)}`,
    ],
    skips: [`xoxb-${fakeToken(DIGITS, 5)}`, "xapp-1-none"],
  },
  "slack-webhook": {
    finds: [
      [
        `https://hooks.slack.com/services/T${fakeToken(UPPER_ALNUM, 9)}/B${fakeToken(UPPER_ALNUM, 9)}/${fakeToken(ALNUM, 24)}`,
        `hooks.slack.com/services/T${fakeToken(UPPER_ALNUM, 9)}/B${fakeToken(UPPER_ALNUM, 9)}/${fakeToken(ALNUM, 24)}`,
      ],
    ],
    skips: ["https://hooks.slack.com/services/"],
  },
  "discord-bot-token": {
    finds: [
      `M${fakeToken(ALNUM, 23)}.${fakeToken(ALNUM, 6)}.${fakeToken(BASE64URL, 27)}`,
      `N${fakeToken(ALNUM, 25)}.${fakeToken(ALNUM, 6)}.${fakeToken(BASE64URL, 38)}`,
    ],
    skips: [
      `M${fakeToken(ALNUM, 23)}.${fakeToken(ALNUM, 3)}.${fakeToken(ALNUM, 27)}`,
      "ModuleNotFoundExceptionHandler.handle.exceptionsInTheApplication",
    ],
  },
  "discord-webhook": {
    finds: [
      [
        `https://discord.com/api/webhooks/${fakeToken(DIGITS, 18)}/${fakeToken(BASE64URL, 68)}`,
        `${fakeToken(DIGITS, 18)}/${fakeToken(BASE64URL, 68)}`,
      ],
    ],
    skips: [`https://discord.com/api/webhooks/${fakeToken(DIGITS, 18)}`],
  },
  "discord-secret": {
    finds: [
      [`discord_key = "${fakeToken(BASE64URL, 32)}"`, fakeToken(BASE64URL, 32)],
      [`DISCORD: ${fakeToken(BASE64URL, 32)}`, fakeToken(BASE64URL, 32)],
    ],
    skips: [`discord_key = "${fakeToken(BASE64URL, 16)}"`, "discord_key = process.env.KEY"],
  },
  "telegram-bot-token": {
    finds: [
      `${fakeToken(DIGITS, 9)}:AA${fakeToken(BASE64URL, 33)}`,
      [
        `/bot${fakeToken(DIGITS, 10)}:AA${fakeToken(BASE64URL, 33)}/getMe`,
        `${fakeToken(DIGITS, 10)}:AA${fakeToken(BASE64URL, 33)}`,
      ],
    ],
    skips: [`${fakeToken(DIGITS, 9)}:AA${fakeToken(BASE64URL, 12)}`],
  },
  "telegram-bot-token-named": {
    finds: [
      [
        `telegram_token = "${fakeToken(DIGITS, 10)}:${fakeToken(BASE64URL, 35)}"`,
        `${fakeToken(DIGITS, 10)}:${fakeToken(BASE64URL, 35)}`,
      ],
    ],
    skips: ["telegram_key = none"],
  },
  "twilio-key": {
    finds: [`SK${fakeToken(HEX, 32)}`, `AC${fakeToken(HEX, 32)}`],
    skips: [`SK${fakeToken(HEX, 24)}`, "ACCESSIBILITYANDINTERNATIONALIZATION"],
  },
  "twilio-auth-token": {
    finds: [
      [`twilio_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`TWILIO: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`twilio_key = "${fakeToken(HEX, 16)}"`, "twilio_key = process.env.KEY"],
  },
  "sendgrid-key": {
    finds: [`SG.${fakeToken(BASE64URL, 22)}.${fakeToken(BASE64URL, 43)}`],
    skips: [`SG.${fakeToken(BASE64URL, 22)}`],
  },
  "mailgun-key": {
    finds: [`key-${fakeToken(HEX, 32)}`],
    skips: [`key-${fakeToken(HEX, 16)}`],
  },
  "mailgun-signing-key": {
    finds: [`${fakeToken(HEX, 32)}-${fakeToken(HEX, 8)}-${fakeToken(HEX, 8, 2)}`],
    skips: [`${fakeToken(HEX, 32)}-${fakeToken(HEX, 8)}`],
  },
  "mailchimp-key": {
    finds: [`${fakeToken(HEX, 32)}-us12`],
    skips: [`${fakeToken(HEX, 20)}-us12`, `${fakeToken(HEX, 32)}-usa`],
  },
  "brevo-key": {
    finds: [
      `xkeysib-${fakeToken(HEX, 64)}-${fakeToken(ALNUM, 16)}`,
      `xsmtpsib-${fakeToken(HEX, 64)}-${fakeToken(ALNUM, 16)}`,
    ],
    skips: [`xkeysib-${fakeToken(HEX, 20)}`],
  },
  "mandrill-key": {
    finds: [`md-${fakeToken(BASE64URL, 22)}`],
    skips: [`md-${fakeToken(BASE64URL, 11)}`, "md-"],
  },
  "resend-key": {
    finds: [`re_${fakeToken(ALNUM, 8)}_${fakeToken(ALNUM, 24)}`],
    skips: [`re_${fakeToken(ALNUM, 8)}`, "re_validate_configurationFromEnvironment"],
  },
  "postmark-token": {
    finds: [[`postmark_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["postmark_key = none"],
  },
  "intercom-token": {
    finds: [
      [`intercom_key = "${fakeToken(BASE64, 59)}"`, fakeToken(BASE64, 59)],
      [`INTERCOM: ${fakeToken(BASE64, 59)}`, fakeToken(BASE64, 59)],
    ],
    skips: [`intercom_key = "${fakeToken(BASE64, 29)}"`, "intercom_key = process.env.KEY"],
  },
  "intercom-token-plain": {
    finds: [`dG9rO${fakeToken(ALNUM, 40)}`],
    skips: [`dG9rO${fakeToken(ALNUM, 20)}`, "dG9rO"],
  },
  "pushbullet-token": {
    finds: [`o.${fakeToken(ALNUM, 32)}`],
    skips: [`o.${fakeToken(ALNUM, 12)}`, "o.configurationFromTheEnvironmentDir"],
  },
  "matrix-token": {
    finds: [`syt_${fakeToken(ALNUM, 12)}_${fakeToken(LETTERS, 20)}_${fakeToken(ALNUM, 6)}`],
    skips: [`syt_${fakeToken(ALNUM, 12)}`],
  },
  "google-chat-webhook": {
    finds: [
      [
        `https://chat.googleapis.com/v1/spaces/AAAA1/messages?key=${fakeToken(BASE64URL, 39)}&token=${fakeToken(BASE64URL, 43)}`,
        `key=${fakeToken(BASE64URL, 39)}&token=${fakeToken(BASE64URL, 43)}`,
      ],
    ],
    skips: ["https://chat.googleapis.com/v1/spaces/AAAA1/messages"],
  },
  "webhook-url": {
    finds: [
      [
        `https://hooks.zapier.com/hooks/catch/1234567/${fakeToken(LOWER_ALNUM, 7)}/`,
        `1234567/${fakeToken(LOWER_ALNUM, 7)}/`,
      ],
    ],
    skips: ["https://hooks.zapier.com/hooks/"],
  },
  "onesignal-key": {
    finds: [`os_v2_app_${fakeToken(LOWER_ALNUM, 60)}`, `os_v2_org_${fakeToken(LOWER_ALNUM, 60)}`],
    skips: [`os_v2_app_${fakeToken(LOWER_ALNUM, 30)}`, "os_v2_app_"],
  },
  "telnyx-key": {
    finds: [`KEY0${fakeToken(UPPER_ALNUM, 30)}_${fakeToken(ALNUM, 22)}`],
    skips: [`KEY0${fakeToken(UPPER_ALNUM, 14)}`, "KEY0"],
  },
  "twitch-irc-token": {
    finds: [`oauth:${fakeToken(LOWER_ALNUM, 30)}`],
    skips: [`oauth:${fakeToken(LOWER_ALNUM, 15)}`, "oauth:"],
  },
  "expo-token": {
    finds: [`ExponentPushToken[${fakeToken(BASE64URL, 22)}]`],
    skips: ["ExponentPushToken[abc]"],
  },
})
