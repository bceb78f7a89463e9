#!/usr/bin/env bash
#
# From no workspace at all to a client who sees tickets and nothing else, with the mails that people really get.
#
#     docs/first-workspace.sh [URL] [MAILS]
#
#     URL     a running server that writes mails to a folder (default http://127.0.0.1:8080: script/demo)
#     MAILS   that folder (default demo-data/mail)
#
# Each run makes a workspace of its own, so it can be run again. It needs bash, curl and sed, and stops with an error
# at the first answer that is not what docs/first-workspace.md says.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

url=${1:-http://127.0.0.1:8080}
mails=${2:-demo-data/mail}

# Invented people under a name that no other run has. `.example` belongs to nobody, and no mail leaves the machine.
run=$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
workspace=harbour-$run
owner=ines@harbour-$run.example
admin=paul@quayside-$run.example
member=lena@quayside-$run.example
password='three brass lanterns at noon'

step=0
say() {
    step=$((step + 1))
    printf '%2d. %s\n' "$step" "$1"
}

fail() {
    printf 'first-workspace: %s\n' "$@" >&2
    exit 1
}

# Asks and prints the answer, whatever it is. Queries hold no quotation marks: texts travel as variables.
ask() { # PATH TOKEN QUERY [VARIABLES]
    local sign_in=()
    [[ -z $2 ]] || sign_in=(-H "Authorization: Bearer $2")
    curl -sS --max-time 20 "$url$1" -H 'Content-Type: application/json' "${sign_in[@]}" \
        -d "{\"query\": \"$3\", \"variables\": ${4:-{\}}}" || fail "no answer from $url$1: is the server running?"
}

# The same for what must go well: no errors of the request, and none of the mutation.
done_by() { # PATH TOKEN QUERY [VARIABLES]
    local answer
    answer=$(ask "$@")
    [[ $answer == '{"data":'* && $answer != *'"errors":[{'* ]] || fail "$3" "was answered with" "$answer"
    printf '%s' "$answer"
}

# The same for what must be refused, with this code.
refused() { # CODE PATH TOKEN QUERY [VARIABLES]
    local code=$1 answer
    shift
    answer=$(ask "$@")
    [[ $answer == *"\"code\":\"$code\""* ]] || fail "$3" "should be refused with $code, but was answered with" "$answer"
}

# An answer must hold a text, or must not.
holds() { # ANSWER TEXT
    [[ $1 == *"$2"* ]] || fail "expected $2 in" "$1"
}
lacks() { # ANSWER TEXT
    [[ $1 != *"$2"* ]] || fail "did not expect $2 in" "$1"
}

# The first text of that name in an answer.
value() { # NAME ANSWER
    local rest=${2#*\"$1\":\"}
    [[ $rest != "$2" ]] || fail "no $1 in" "$2"
    printf '%s' "${rest%%\"*}"
}

# The token in the mail to somebody. A mail is written a moment after what it is about.
token_for() { # ADDRESS
    local file token
    for _ in {1..200}; do
        file=$(grep -ls "^To: .*$1" "$mails"/*.eml | tail -n 1 || true)
        if [[ -n $file ]]; then
            token=$(sed -n 's/.*[#?&]token=\([A-Za-z0-9_-]*\).*/\1/p' "$file" | head -n 1)
            [[ -n $token ]] || fail "$file holds no link with a token"
            printf '%s' "$token"
            return
        fi
        sleep 0.1
    done
    fail "no mail to $1 in $mails: is that the folder of the server at $url?"
}

session='session { accessToken } errors { code message field }'

# --- The workspace and its owner -------------------------------------------------------------------------------------

# A workspace begins with a wish. Nothing exists yet: the answer is the same for every address.
say "Ines asks for the workspace $workspace"
done_by /staff/graphql '' \
    'mutation ($input: WorkspaceCreateInput!) { workspaceCreate(input: $input) { requested errors { code message field } } }' \
    "{\"input\": {\"workspace\": \"$workspace\", \"name\": \"Harbour IT\", \"timeZone\": \"Europe/Lisbon\",
      \"ownerName\": \"Ines Duarte\", \"email\": \"$owner\"}}" >/dev/null

# The mail shows that the address is hers. Its link carries the token after a `#`, which browsers send to no server.
say 'She follows the mailed link, sets her password, and is signed in'
token=$(token_for "$owner")
answer=$(done_by /staff/graphql '' \
    "mutation (\$input: EmailConfirmInput!) { emailConfirm(input: \$input) { confirmed $session } }" \
    "{\"input\": {\"token\": \"$token\", \"password\": \"$password\"}}")
ines=$(value accessToken "$answer")

# Once used, a link is worth nothing.
say 'The link works once'
refused INVALID_TOKEN /staff/graphql '' \
    "mutation (\$input: EmailConfirmInput!) { emailConfirm(input: \$input) { confirmed errors { code } } }" \
    "{\"input\": {\"token\": \"$token\", \"password\": \"$password\"}}"

# --- A customer, and its first person --------------------------------------------------------------------------------

say 'Ines creates the customer Quayside Cranes, whose members see their own records'
answer=$(done_by /staff/graphql "$ines" \
    'mutation ($input: CompanyCreateInput!) { companyCreate(input: $input) { company { id } errors { code message field } } }' \
    '{"input": {"name": "Quayside Cranes", "sharing": "OWN"}}')
company=$(value id "$answer")

# From here on the customer looks after its people itself: that is what an admin is for.
say 'She invites Paul, who will be its admin'
invite='mutation ($input: UserInviteInput!) { userInvite(input: $input) { user { id status } errors { code message field } } }'
answer=$(done_by /staff/graphql "$ines" "$invite" \
    "{\"input\": {\"company\": \"$company\", \"email\": \"$admin\", \"name\": \"Paul Reyes\", \"access\": \"ADMIN\"}}")
holds "$answer" '"status":"INVITED"'

# Before anybody accepts, the mail's page can say what the invitation is for.
say 'Paul reads his mail: it says who invites him, and where to'
token=$(token_for "$admin")
answer=$(done_by /graphql '' \
    'query ($token: String!) { invitation(token: $token) { email workspaceName companyName invitedBy } }' \
    "{\"token\": \"$token\"}")
holds "$answer" "$admin"
holds "$answer" 'Quayside Cranes'

say 'He accepts with a password of his own choice, and is signed in'
accept="mutation (\$input: InvitationAcceptInput!) { invitationAccept(input: \$input) { $session } }"
answer=$(done_by /graphql '' "$accept" "{\"input\": {\"token\": \"$token\", \"password\": \"$password\"}}")
paul=$(value accessToken "$answer")

# --- A member who may see tickets alone ------------------------------------------------------------------------------

say 'Paul invites his colleague Lena, and opens tickets for her and nothing else'
done_by /graphql "$paul" "$invite" \
    "{\"input\": {\"email\": \"$member\", \"name\": \"Lena Fischer\", \"access\": \"MEMBER\", \"sections\": [\"TICKETS\"]}}" \
    >/dev/null

say 'Lena accepts'
token=$(token_for "$member")
answer=$(done_by /graphql '' "$accept" "{\"input\": {\"token\": \"$token\", \"password\": \"$password\"}}")
lena=$(value accessToken "$answer")

say 'Her portal has one section; his, as an admin, has all of them'
sections='{ viewer { access sections } }'
answer=$(done_by /graphql "$lena" "$sections")
holds "$answer" '"sections":["TICKETS"]'
answer=$(done_by /graphql "$paul" "$sections")
holds "$answer" '"INVOICES"'

open='mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { ticket { id reference } errors { code message field } } }'
say 'Paul opens a ticket of his own'
done_by /graphql "$paul" "$open" '{"input": {"subject": "Payroll export is late", "description": "Since Friday."}}' >/dev/null

say 'Lena opens one, and her list holds hers alone'
answer=$(done_by /graphql "$lena" "$open" '{"input": {"subject": "Crane 3 has no network", "description": "Since the storm."}}')
ticket=$(value id "$answer")
answer=$(done_by /graphql "$lena" '{ tickets(first: 10) { nodes { subject status } } }')
holds "$answer" 'Crane 3 has no network'
lacks "$answer" 'Payroll export is late'

# What is internal is not forbidden to her: in her schema it has no name.
say 'Service levels and internal notes are unknown words to her'
refused GRAPHQL_VALIDATION_FAILED /graphql "$lena" 'query ($id: ID!) { ticket(id: $id) { sla { state } } }' "{\"id\": \"$ticket\"}"
refused GRAPHQL_VALIDATION_FAILED /graphql "$lena" \
    'mutation ($id: ID!) { ticketNote(input: {id: $id, body: $id}) { entry { id } } }' "{\"id\": \"$ticket\"}"

say 'She cannot invite anybody, and her token opens no door of the team'
refused FORBIDDEN /graphql "$lena" "$invite" \
    "{\"input\": {\"email\": \"friend@quayside-$run.example\", \"name\": \"A Friend\", \"sections\": [\"TICKETS\"]}}"
refused UNAUTHENTICATED /staff/graphql "$lena" '{ viewer { name } }'

# --- And an answer ---------------------------------------------------------------------------------------------------

say 'Ines notes something for her team, and answers Lena'
done_by /staff/graphql "$ines" \
    'mutation ($input: TicketNoteInput!) { ticketNote(input: $input) { entry { id } errors { code message field } } }' \
    "{\"input\": {\"id\": \"$ticket\", \"body\": \"That antenna again.\"}}" >/dev/null
done_by /staff/graphql "$ines" \
    'mutation ($input: TicketReplyInput!) { ticketReply(input: $input) { entry { id } errors { code message field } } }' \
    "{\"input\": {\"id\": \"$ticket\", \"body\": \"We are on our way.\"}}" >/dev/null

say 'Lena reads the answer, and not the note'
answer=$(done_by /graphql "$lena" 'query ($id: ID!) { ticket(id: $id) { timeline { nodes { kind body author { name } } } } }' \
    "{\"id\": \"$ticket\"}")
holds "$answer" 'We are on our way.'
holds "$answer" 'Ines Duarte'
lacks "$answer" 'That antenna again.'

cat <<END

All went as it should. Everybody's password is: $password

  workspace  $workspace
  owner      $owner    at $url/staff/graphql
  admin      $admin    at $url/graphql
  member     $member    at $url/graphql, tickets alone
  mails      $mails, or $url/mail
END
