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
import { named, prefixed, testRules } from "./rule-cases.ts"

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
      [
        `https://discord.com/api/v10/webhooks/${fakeToken(DIGITS, 18)}/${fakeToken(BASE64URL, 68)}`,
        `${fakeToken(DIGITS, 18)}/${fakeToken(BASE64URL, 68)}`,
      ],
    ],
    skips: [
      `https://discord.com/api/webhooks/${fakeToken(DIGITS, 18)}`,
      `https://acme.example/webhooks/${fakeToken(DIGITS, 18)}/settings`,
    ],
  },
  "discord-secret": {
    finds: [
      [`discord_key = "${fakeToken(BASE64URL, 32)}"`, fakeToken(BASE64URL, 32)],
      [`DISCORD_KEY: ${fakeToken(BASE64URL, 32)}`, fakeToken(BASE64URL, 32)],
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
  "zapier-webhook": {
    finds: [
      [
        `https://hooks.zapier.com/hooks/catch/${fakeToken(DIGITS, 8)}/${fakeToken(LOWER_ALNUM, 7)}/`,
        `${fakeToken(DIGITS, 8)}/${fakeToken(LOWER_ALNUM, 7)}`,
      ],
    ],
    skips: ["https://hooks.zapier.com/hooks/catch/"],
  },
  "ifttt-webhook-key": {
    finds: [
      [`https://maker.ifttt.com/trigger/door/with/key/${fakeToken(BASE64URL, 43)}`, fakeToken(BASE64URL, 43)],
    ],
    skips: ["https://maker.ifttt.com/trigger/door/with/key/x"],
  },
  "make-webhook": {
    finds: [
      [`https://hook.eu1.make.com/${fakeToken(LOWER_ALNUM, 32)}`, fakeToken(LOWER_ALNUM, 32)],
      [`https://hook.integromat.com/${fakeToken(LOWER_ALNUM, 32)}`, fakeToken(LOWER_ALNUM, 32)],
    ],
    skips: ["https://www.make.com/en/integrations"],
  },
  "telegram-notify-url": {
    finds: [
      [
        `tgram://${fakeToken(DIGITS, 9)}:${fakeToken(BASE64URL, 35)}/42`,
        `${fakeToken(DIGITS, 9)}:${fakeToken(BASE64URL, 35)}`,
      ],
    ],
    skips: ["tgram://bottoken/chat"],
  },
  "mattermost-token": {
    finds: [[`mattermost_key = "${fakeToken(ALNUM, 26)}"`, fakeToken(ALNUM, 26)]],
    skips: [`mattermost_key = "${fakeToken(ALNUM, 12)}"`, "mattermost_key = process.env.KEY"],
  },
  "zulip-key": {
    finds: [[`zulip_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`zulip_key = "${fakeToken(ALNUM, 15)}"`, "zulip_key = process.env.KEY"],
  },
  "rocketchat-token": {
    finds: [[`rocketchat_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`rocketchat_key = "${fakeToken(BASE64URL, 20)}"`, "rocketchat_key = process.env.KEY"],
  },
  "line-channel-token": {
    finds: [
      [`line_channel_token = "${fakeToken(BASE64, 168)}="`, `${fakeToken(BASE64, 168)}=`],
      [`LINE_CHANNEL_SECRET: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`line_channel_secret = ${fakeToken(HEX, 12)}`],
  },
  "feishu-webhook": {
    finds: [[`https://open.feishu.cn/open-apis/bot/v2/hook/${fakeUuid()}`, fakeUuid()]],
    skips: ["https://open.feishu.cn/open-apis/bot/v2/hook/xxx"],
  },
  "feishu-app-secret": {
    finds: [[`feishu_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`feishu_key = "${fakeToken(ALNUM, 15)}"`, "feishu_key = process.env.KEY"],
  },
  "dingtalk-webhook": {
    finds: [[`https://oapi.dingtalk.com/robot/send?access_token=${fakeToken(HEX, 64)}`, fakeToken(HEX, 64)]],
    skips: ["https://oapi.dingtalk.com/robot/send?access_token=xxx"],
  },
  "dingtalk-secret": {
    finds: [
      [`dingtalk_key = "SEC${fakeToken(HEX, 64)}"`, `SEC${fakeToken(HEX, 64)}`],
      [`DINGTALK_KEY: ${fakeToken(BASE64URL, 64)}`, fakeToken(BASE64URL, 64)],
    ],
    skips: [`dingtalk_key = "SEC${fakeToken(HEX, 31)}"`, "dingtalk_key = process.env.KEY"],
  },
  "wecom-webhook": {
    finds: [[`https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${fakeUuid()}`, fakeUuid()]],
    skips: ["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=xxx"],
  },
  "wechat-secret": {
    finds: [[`wechat_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`wechat_key = "${fakeToken(HEX, 15)}"`, "wechat_key = process.env.KEY"],
  },
  "webex-token": {
    finds: [
      [
        `webex_key = "${fakeToken(ALNUM, 64)}_${fakeToken(UPPER_ALNUM, 4)}_${fakeUuid()}"`,
        `${fakeToken(ALNUM, 64)}_${fakeToken(UPPER_ALNUM, 4)}_${fakeUuid()}`,
      ],
    ],
    skips: [`webex_key = "${fakeToken(ALNUM, 31)}"`, "webex_key = process.env.KEY"],
  },
  "viber-token": {
    finds: [
      [
        `viber_key = "${fakeToken(HEX, 16)}-${fakeToken(HEX, 16, 2)}-${fakeToken(HEX, 16, 3)}"`,
        `${fakeToken(HEX, 16)}-${fakeToken(HEX, 16, 2)}-${fakeToken(HEX, 16, 3)}`,
      ],
    ],
    skips: [`viber_key = "${fakeToken(HEX, 7)}"`, "viber_key = process.env.KEY"],
  },
  "gitter-token": named("gitter", fakeToken(LOWER_ALNUM, 40)),
  "gc-notify-key": prefixed("gcntfy-my_service-", `${fakeUuid()}-${fakeUuid()}`),
})
