// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/erasure.h"

namespace rollcall {

namespace {

using By = EraseRule::By;

std::vector<EraseRule> rulesOfPeople()
{
    return {
        // 0001_core.sql
        {"people", By::Person, "id"},
        {"aliases", By::Person, "person"},
        {"aliases", By::Alias, "alias"},
        {"consents", By::Person, "person"},
        {"consents", By::Words, "wording", "", "id"},
        {"consents", By::Words, "source", "erased", "id"},
        {"batch_people", By::Person, "person"},
        {"batch_fields", By::Person, "person"},
        {"removed_people", By::Person, "id"},
        {"verdicts", By::Alias, "alias"},
        {"newest", By::Alias, "alias"},
        {"bookings", By::Alias, "alias", "alias = 0"}, // the budget stays booked
        {"run_items", By::Apart, "", "the rows stay for the counts of their run, without whom they were about"},
        {"stops", By::Words, "reason", "erased", "alias"},
        {"alias_names", By::Apart, "", "names that no stop and no block needs go"},
        {"journal", By::Apart, "", "no personal data in an entry"},
        {"journal_details", By::Apart, "", "emptied where an entry is about the person; an entry names them"},
        {"meta", By::Apart, "", "counters"},
        {"boots", By::Apart, "", "starts of the computer"},
        {"accounts", By::Apart, "", "gateways"},
        {"runs", By::Apart, "", "counts, and the operator"},
        {"batches", By::Apart, "", "counts, and the operator"},
        // 0002_imports.sql
        {"import_files", By::Words, "name", "erased", "batch"},
        {"import_rows", By::Words, "raw", "", "batch, line"},
        // 0003_accounts.sql
        {"account_refusals", By::Apart, "", "what gateways cannot do"},
    };
}

std::vector<EraseRule> rulesOfGateways()
{
    return {
        // 0004_blocks.sql: our ledger keeps that there is a block, under the bare alias; what repeats the person in
        // words goes.
        // A message id may hold the number in base64. Before the next line, which forgets whose it was.
        {"block_ops", By::Person, "person", "message_id = '', status = ''", "", 6},
        {"block_ops", By::Alias, "alias", "message_id = '', status = ''", "", 6},
        {"block_ops", By::Person, "person", "ask = '', detail = '', wa_id = '', person = 0"},
        {"block_ops", By::Alias, "alias", "ask = '', detail = '', wa_id = '', person = 0"},
        {"block_ops", By::Words, "detail", "", "id"},
        {"block_runs", By::Words, "note", "", "run"},
        {"block_runs", By::Words, "reason", "erased", "run"},
        {"block_runs", By::Words, "source", "erased", "run"},
        {"blocks", By::Alias, "alias", "wa_id = '', note = '', detail = ''"},
        {"blocks", By::Words, "reason", "erased", "id"},
        {"blocks", By::Words, "note", "", "id"},
        {"blocks", By::Words, "detail", "", "id"},
        {"block_seen", By::Alias, "alias", "wa_id = '', user_id = ''"},
        {"block_reads", By::Apart, "", "when lists were read"},
        // 0005_gateway.sql
        {"gateway_contacts", By::Alias, "alias"},
        {"batch_aliases", By::Person, "person"},
        // 0006_messages.sql
        {"messages", By::Apart, "", "cards and title go where a card is about the person; that it was sent stays"},
        {"drafts", By::Apart, "", "a draft or template goes when it names the person"},
        // 0007_interrupted.sql
        {"run_halts", By::Words, "subject", "", "run", 7},
        {"fetches", By::Apart, "", "every interrupted reading of a contact list goes, whoever is erased"},
        {"fetch_pages", By::Apart, "", "every interrupted reading of a contact list goes, whoever is erased"},
        // 0008_marketing.sql
        {"marketing", By::Alias, "alias"},
        {"marketing", By::Words, "raw", "", "id"},
        // 0009_tests.sql: a gateway's own word about its state
        {"account_tests", By::Words, "found", "", "account, place", 9},
        // 0010_lifted.sql
        {"lifted_stops", By::Alias, "alias", "", "", 10},
        {"lifted_stops", By::Words, "reason", "erased", "batch, alias", 10},
    };
}

} // namespace

const std::vector<EraseRule> &eraseRules()
{
    static const std::vector<EraseRule> rules = [] {
        std::vector<EraseRule> all = rulesOfPeople();
        const std::vector<EraseRule> more = rulesOfGateways();
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    return rules;
}

} // namespace rollcall
