import type { CleanKind } from "./random-text.ts"

/** Code, grammars, help and scripts in which what follows the name of a secret is syntax. */
export const syntax: Readonly<Record<string, CleanKind>> = {
  "C macros": (r) =>
    `#define aes128_set_encrypt_key nettle_aes128_set_encrypt_key\n#define ${r.word()}_set_key lib${r.word()}256_set_key\n  FOR_${r.word().toUpperCase()}_ON_TOKEN | P11_KIT_URI_FOR_MODULE,\n#define SECRET_${r.word().toUpperCase()} ${r.words(4, "_").toUpperCase()}`,
  "C declarations": (r) =>
    `SRP_user_pwd *SRP_VBASE_get1_by_user(SRP_VBASE *vb, char *username);\nextern FunctionPass *create${r.camel(3)}2Pass();\nstruct passwd *getpwnam_r(const char *name);`,
  "a class of Perl that is called by its name": (r) =>
    `my ($user, $pass) = CPAN::${r.camel(2)}::Credentials->$method;\n$self->{password} = ${r.camel(1)}::Agent->ask;`,
  "calls after members named for secrets": (r) =>
    `  c->password = gnome_keyring_memory_strdup (${r.word()});\n  c->${r.word()}_token = ${r.word()}_new_str(p);\nnpm_auth = base64.b64encode(x)`,
  "keys of elements and rows": (r) =>
    `<Item key="5f1c9a7b${r.hex(16)}" />\nuser_key: 66a0${r.hex(20)}\n  commit_key: ${r.hex(40)}`,
  "types of GraphQL": (r) =>
    `type Mutation {\n  login(email: String!, password: String!): ${r.camel(2)}!\n  rotate(id: ID!, secret: ${r.camel(2)}!, tokens: [String!]!): Secret\n}\ninput LoginInput {\n  password: String!\n  apiKey: ID!\n}`,
  "minified expressions": (r) =>
    `pw=!${r.letters(1)}&&${r.letters(1)},i.pass=function(w){return this.password=k,this};c.pass=!0,{password:generators_password,regex:generators_regex},e.password=t,n.pwd=a||b;x.token=e?t.${r.camel(2)}:n`,
  "strings side by side": (r) =>
    `createElement("label",{htmlFor:"password"},"Password:"),$?p.createElement("code",null,"${r.word()}"):null,t("Password:")+x("${r.word()}")`,
  "kinds of passes": (r) =>
    `{all:"every",allPass:"overEvery",anyPass:"overSome",renderPass:"${r.camel(2)}",testPass:"${r.camel(2)}"}`,
  "classes of bundlers": (r) =>
    `{token:"_token_${r.lowerAlnum(5)}_${r.digits(1)}",password:"_password_${r.lowerAlnum(5)}_${r.digits(2)}",secret:"${r.camel(1)}-module__secret--${r.alnum(5)}",passwordInput:"Login_passwordInput__${r.alnum(5)}"}`,
  "vim script": (r) =>
    `  let s:netrw_passwd           = s:netrw_hup[host].passwd\n  let s:netrw_hup[host].passwd = g:${r.word()}_passwd\n  let b:password = a:${r.word()}\n\t\t*netrw-login* *netrw-password*\nCHANGING USERID AND PASSWORD\t\t*netrw-chgup* *netrw-userpass*`,
  "lists of options": (r) =>
    `[STANDALONE]='-h --help --version\n   --password --recovery-key'\n__comp "username= passphrase= password= scmVersion= $(list '${r.word()}=')"\n  -w, --no-password             empêche la demande d'un mot de passe\n  -p, --password    prompts 2 times for it\n  --no-password        n'affiche pas`,
  "settings of configure": () =>
    `d_pwpasswd='define'\nd_grpasswd='define'\ni_pwd='define'\nd_pwclass='undef'\nd_pwquota='undef'`,
  "attributes side by side": (r) =>
    `<v-text-field v-model="form.password" :type="show ? 'text' : 'password'" :icon="${r.camel(1)}" />\n<code>password</code>\n<key>${r.words(2, "_").toUpperCase()}</key><string>$(PRODUCT_NAME)</string>`,
  "grammars of RFCs": () =>
    `token          = 1*(tchar)\ntoken = 1*<any CHAR except CTLs>\nsecret = *( ALPHA / DIGIT )`,
  docstrings: (r) =>
    `:param password: user-supplied password\n:param token: ${r.words(2, "-")} token\n@param secret case-insensitive name\nproxy_auth = base64.b64encode(proxy_passwd.encode()).decode('ascii')\n(get_passphrase): s/unlink/remove/ because that is standard C.`,
  "rules of forms": (r) =>
    `'password' => ['required', 'confirmed', Rules\\Password::defaults()],\n'token' => ['nullable', 'min:${r.digits(2)}x', 'string'],\npassword: ["required", "min:8", "confirmed"]`,
  "states of tests": (r) =>
    JSON.stringify({ pass: r.of(["Bestanden", "Réussi", "Superado"]), fail: "Durchgefallen" }),
}
