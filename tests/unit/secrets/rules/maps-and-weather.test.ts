import { mapsAndWeatherRules } from "../../../../src/secrets/rules/maps-and-weather.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(mapsAndWeatherRules, {
  "mapbox-token": {
    finds: [`sk.eyJ${fakeToken(BASE64URL, 80)}.${fakeToken(BASE64URL, 22)}`],
    skips: [`sk.eyJ${fakeToken(BASE64URL, 9)}`],
  },
  "mapbox-token-named": {
    finds: [
      [
        `mapbox_token = "pk.${fakeToken(LOWER_ALNUM, 60)}.${fakeToken(LOWER_ALNUM, 22)}"`,
        `pk.${fakeToken(LOWER_ALNUM, 60)}.${fakeToken(LOWER_ALNUM, 22)}`,
      ],
    ],
    skips: ["mapbox_key = none"],
  },
  "maxmind-key": {
    finds: [`${fakeToken(ALNUM, 6)}_${fakeToken(ALNUM, 29)}_mmk`],
    skips: [`${fakeToken(ALNUM, 6)}_${fakeToken(ALNUM, 12)}_mmk`, "the_mmk"],
  },
  "here-key": {
    finds: [[`here_api_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`here_api_key = "${fakeToken(BASE64URL, 20)}"`, "here_api_key = process.env.KEY"],
  },
  "tomtom-key": {
    finds: [[`tomtom_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`tomtom_key = "${fakeToken(ALNUM, 15)}"`, "tomtom_key = process.env.KEY"],
  },
  "mapquest-key": {
    finds: [[`mapquest_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`mapquest_key = "${fakeToken(ALNUM, 15)}"`, "mapquest_key = process.env.KEY"],
  },
  "locationiq-token": {
    finds: [`pk.${fakeToken(HEX, 32)}`],
    skips: [`pk.${fakeToken(HEX, 15)}`],
  },
  "geoapify-key": {
    finds: [[`geoapify_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`geoapify_key = "${fakeToken(HEX, 15)}"`, "geoapify_key = process.env.KEY"],
  },
  "arcgis-key": {
    finds: [`AAPK${fakeToken(BASE64URL, 64)}`, `AAPT${fakeToken(BASE64URL, 64)}`],
    skips: [`AAPK${fakeToken(BASE64URL, 31)}`],
  },
  "openweather-key": {
    finds: [[`openweather_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`openweather_key = "${fakeToken(HEX, 15)}"`, "openweather_key = process.env.KEY"],
  },
  "openweather-appid": {
    finds: [
      [
        `https://api.openweathermap.org/data/2.5/weather?q=\${city}&appid=${fakeToken(HEX, 32)}&units=metric`,
        fakeToken(HEX, 32),
      ],
    ],
    skips: [
      `https://api.openweathermap.org/data/2.5/weather?appid=${fakeToken(HEX, 12)}`,
      `https://api.acme.example/v1?appid=${fakeToken(HEX, 32)}`,
    ],
  },
  "weatherbit-key": {
    finds: [[`weatherbit_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`weatherbit_key = "${fakeToken(HEX, 15)}"`, "weatherbit_key = process.env.KEY"],
  },
  "weatherapi-key": {
    finds: [[`weatherapi_key = "${fakeToken(HEX, 31)}"`, fakeToken(HEX, 31)]],
    skips: [`weatherapi_key = "${fakeToken(HEX, 14)}"`, "weatherapi_key = process.env.KEY"],
  },
  "visualcrossing-key": {
    finds: [[`visualcrossing_key = "${fakeToken(UPPER_ALNUM, 25)}"`, fakeToken(UPPER_ALNUM, 25)]],
    skips: [`visualcrossing_key = "${fakeToken(UPPER_ALNUM, 11)}"`, "visualcrossing_key = process.env.KEY"],
  },
  "stormglass-key": {
    finds: [[`stormglass_key = "${fakeUuid()}-${fakeUuid()}"`, `${fakeUuid()}-${fakeUuid()}`]],
    skips: [`stormglass_key = "${fakeToken(HEX, 8)}"`, "stormglass_key = process.env.KEY"],
  },
  "ipinfo-token": {
    finds: [[`ipinfo_key = "${fakeToken(HEX, 14)}"`, fakeToken(HEX, 14)]],
    skips: [`ipinfo_key = "${fakeToken(HEX, 6)}"`, "ipinfo_key = process.env.KEY"],
  },
  "foursquare-key": {
    finds: [
      [`foursquare_key = "fsq3${fakeToken(BASE64, 44)}"`, `fsq3${fakeToken(BASE64, 44)}`],
      [`fsq_key = "${fakeToken(UPPER_ALNUM, 48)}"`, fakeToken(UPPER_ALNUM, 48)],
    ],
    skips: [`foursquare_key = "fsq3${fakeToken(BASE64, 21)}"`, "foursquare_key = process.env.KEY"],
  },
  "walkscore-key": {
    finds: [[`walkscore_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`walkscore_key = "${fakeToken(HEX, 15)}"`, "walkscore_key = process.env.KEY"],
  },
  "besttime-key": {
    finds: [[`besttime_key = "${fakeToken(ALNUM, 36)}"`, fakeToken(ALNUM, 36)]],
    skips: [`besttime_key = "${fakeToken(ALNUM, 17)}"`, "besttime_key = process.env.KEY"],
  },
  "ipify-key": {
    finds: [
      [`ipifi_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)],
      [`IPIFY: at_${fakeToken(ALNUM, 29)}`, `at_${fakeToken(ALNUM, 29)}`],
    ],
    skips: [`ipifi_key = "${fakeToken(ALNUM, 15)}"`, "ipifi_key = process.env.KEY"],
  },
})
