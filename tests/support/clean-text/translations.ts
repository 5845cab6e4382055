import type { CleanKind, RandomText } from "./random-text.ts"

/** What a form says about passwords, in several languages: show, hide, confirm, reset, forgot, change, new, invalid. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  English: ["Show", "Hide", "Confirm", "Reset", "Forgot?", "Change", "New password", "Wrong!"],
  German: ["Anzeigen", "Verbergen", "Bestätigen", "Zurücksetzen", "Vergessen?", "Ändern", "Neu", "Ungültig!"],
  French: ["Afficher", "Masquer", "Confirmer", "Réinitialiser", "Oublié ?", "Changer", "Nouveau", "Erroné !"],
  Spanish: [
    "Mostrar",
    "Ocultar",
    "Confirmar",
    "Restablecer",
    "¿Olvidada?",
    "Cambiar",
    "Nueva",
    "¡Incorrecta!",
  ],
  Portuguese: [
    "Mostrar",
    "Esconder",
    "Confirmação",
    "Redefinir",
    "Esqueceu?",
    "Alterar",
    "Nova senha",
    "Inválida",
  ],
  Italian: ["Mostra", "Nascondi", "Conferma", "Reimposta", "Dimenticata?", "Cambia", "Nuova", "Non valida"],
  Polish: ["Pokaż", "Ukryj", "Potwierdź", "Zresetuj", "Zapomniałeś?", "Zmień", "Nowe hasło", "Błędne"],
  Czech: ["Zobrazit", "Skrýt", "Potvrzení", "Obnovit", "Zapomenuté?", "Změnit", "Nové", "Neplatné"],
  Turkish: ["Göster", "Gizle", "Onayla", "Sıfırla", "Unuttunuz mu?", "Değiştir", "Yeni şifre", "Geçersiz"],
  Russian: [
    "Показать",
    "Скрыть",
    "Подтвердите",
    "Сбросить",
    "Забыли?",
    "Изменить",
    "Новый пароль",
    "Неверный",
  ],
  Greek: ["Εμφάνιση", "Απόκρυψη", "Επιβεβαίωση", "Επαναφορά", "Ξεχάσατε;", "Αλλαγή", "Νέος", "Λάθος"],
  Japanese: ["表示", "非表示", "確認", "リセット", "お忘れですか？", "変更", "新しいパスワード", "無効"],
  Korean: ["표시", "숨기기", "확인", "재설정", "잊으셨나요?", "변경", "새 비밀번호", "잘못됨"],
}
const NAMES = ["show", "hide", "confirm", "reset", "forgot", "change", "new", "invalid"] as const

/** Name and text of each label in a language, the names written by `nameOf`. */
function labels(r: RandomText, nameOf: (word: string) => string): (readonly [name: string, text: string])[] {
  const spoken = r.of([SPOKEN["English"] ?? [], ...Object.values(SPOKEN)])
  return NAMES.map((word, i) => [nameOf(word), spoken[i] ?? ""] as const)
}

const camel = (word: string): string => `${word}Password`
const snake = (word: string): string => `${word}_password`
const dotted = (word: string): string => `auth.login.${word}Password`

/** Files of translations and labels in code: words for passwords in their names, what a form shows as values. */
export const translations: Readonly<Record<string, CleanKind>> = {
  "JSON of one language": (r) => JSON.stringify(Object.fromEntries(labels(r, camel)), null, 2),
  "JSON with dotted names": (r) => JSON.stringify(Object.fromEntries(labels(r, dotted))),
  "YAML of one language": (r) =>
    `en:\n  login:\n${labels(r, snake)
      .map(([name, text]) => `    ${name}: ${text}`)
      .join("\n")}`,
  "YAML in quotes": (r) =>
    labels(r, (word) => `password_${word === "confirm" ? "confirmation" : word}`)
      .map(([name, text]) => `  ${name}: "${text}"`)
      .join("\n"),
  "strings of Android": (r) =>
    labels(r, snake)
      .map(([name, text]) => `    <string name="${name}">${text}</string>`)
      .join("\n"),
  "strings of iOS": (r) =>
    labels(r, snake)
      .map(([name, text]) => `"${name}" = "${text}";`)
      .join("\n"),
  "Java properties": (r) =>
    labels(r, dotted)
      .map(([name, text]) => `${name}=${text}`)
      .join("\n"),
  "TypeScript object": (r) =>
    `export default {\n${labels(r, camel)
      .map(([name, text]) => `  ${name}: '${text}',`)
      .join("\n")}\n}`,
  "PHP array": (r) =>
    labels(r, snake)
      .map(([name, text]) => `    '${name}' => '${text}',`)
      .join("\n"),
  "constants in capitals": (r) =>
    labels(r, (word) => snake(word).toUpperCase())
      .map(([name, text]) => `export const ${name} = "${text}"`)
      .join("\n"),
  "names of messages": (r) =>
    `forgotPassword: "${r.word()}.forgot"\nshowPassword: "${r.word()}/show"\nenterPassword: t("${r.word()}.enter")\npasswordPlaceholder: "${r.word()}"\nrepeatPassword: "Repeat"\ntogglePassword: "toggle"\nsave_password: "SAVE"`,
  "the word for a password": () =>
    [
      "Hasło",
      "Lösenord",
      "Jelszó",
      "Şifre",
      "Salasana",
      "Heslo",
      "Adgangskode",
      "Passord",
      "Contraseña",
      "Пароль",
      "密码",
    ]
      .map((word, i) => `"password": "${word}${i % 2 ? ":" : ""}"`)
      .join(",\n"),
}

const page = (r: RandomText): string =>
  r.of([r.hex(32), r.alnum(24), r.alnum(40), r.alnum(48), r.base64(30), r.base64(44), r.base64url(60)])

/** Where the next page of a list begins: random, and worth nothing. */
export const pages: Readonly<Record<string, CleanKind>> = {
  "page tokens in JSON": (r) =>
    [
      "nextPageToken",
      "NextToken",
      "next_page_token",
      "continuationToken",
      "NextContinuationToken",
      "syncToken",
    ]
      .map((name) => JSON.stringify({ items: [], [name]: page(r) }))
      .join("\n"),
  "page tokens without quotes": (r) =>
    `next_token=${page(r)}\nNextToken: ${page(r)}\npageToken=${page(r)}\n  nextToken: ${page(r)}\nNEXT_PAGE_TOKEN=${page(r)}`,
  "page tokens in commands": (r) =>
    `aws s3api list-objects --starting-token ${r.alnum(56)}\naws logs filter-log-events --next-token ${r.alnum(56)}\ncurl "https://api.example.com/items?pageToken=${r.alnum(40)}&limit=10"`,
  cursors: (r) =>
    `{"cursor": "${page(r)}", "next_cursor": "${page(r)}", "endCursor": "${page(r)}", "resumeToken": "${page(r)}"}`,
}
