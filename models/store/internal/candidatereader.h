// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/store/blocks.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/stopsql.h"

namespace rollcall {

/// Reads what a flight plan asks of one person, number or line of the ledger. Internal to models/store.
class CandidateReader {
public:
    CandidateReader(Connection &db, AccountId account)
        : m_account(account)
        , m_person(
              db, "SELECT p.e164, p.raw, p.do_not_contact, p.consent, p.last_inbound_ms FROM people p WHERE p.id = ?")
        , m_name(db,
              "SELECT a.alias, n.text FROM aliases a JOIN alias_names n ON n.id = -a.alias WHERE a.person = ?"
              " AND a.kind IN (3, 4, 5) ORDER BY a.kind LIMIT 1")
        , m_of(db,
              "SELECT COALESCE((SELECT min(id) FROM people WHERE e164 = ?1),"
              " (SELECT min(person) FROM aliases WHERE alias = ?1))")
        , m_stop(db, "SELECT 1 FROM stops WHERE alias = ?")
        // Who says "valid" to every number makes up ids too (gateways.md 0, 2): a block would name somebody else.
        , m_waId(db,
              "SELECT wa_id FROM verdicts WHERE alias = ? AND word = ? AND wa_id <> ''"
              " AND account NOT IN (SELECT id FROM accounts WHERE probe_outcome = ?) ORDER BY id DESC LIMIT 1")
        , m_entry(db, "SELECT " + sql::entryColumns() + " FROM blocks b WHERE b.account = ? AND b.alias = ?")
        , m_text(db, "SELECT text FROM alias_names WHERE id = ?")
        , m_optOut(db)
    {
    }
    bool person(PersonId id, BlockCandidate &candidate)
    {
        m_person.bind(id);
        if (!m_person.step())
            return false;
        candidate.person = id;
        candidate.alias = AliasKey(m_person.number(0));
        candidate.typed = m_person.text(1);
        candidate.doNotContact = m_person.number(2) != 0;
        candidate.consent = ConsentState(m_person.integer(3));
        candidate.lastInboundMs = m_person.number(4);
        if (candidate.alias.isNull()) {
            m_name.bind(id);
            if (m_name.step()) {
                candidate.alias = AliasKey(m_name.number(0));
                candidate.otherName = m_name.text(1);
            }
        }
        of(candidate);
        return true;
    }
    void alias(AliasKey alias, BlockCandidate &candidate)
    {
        m_of.bind(alias);
        const PersonId who(m_of.step() ? m_of.number(0) : 0);
        if (!who.isNull())
            person(who, candidate);
        candidate.alias = alias;
        candidate.otherName.clear();
        if (alias.value() < 0) {
            m_text.bind(-alias.value());
            candidate.otherName = m_text.step() ? m_text.text(0) : QString();
        }
        of(candidate);
    }

private:
    void of(BlockCandidate &candidate)
    {
        candidate.entry.reset();
        candidate.waId.clear();
        if (candidate.alias.isNull())
            return;
        m_stop.bind(candidate.alias);
        candidate.doNotContact = m_stop.step() || candidate.doNotContact;
        candidate.optedOut
            = candidate.doNotContact && (candidate.consent == ConsentState::OptOut || m_optOut.holds(candidate.alias));
        m_waId.bind(candidate.alias, int(VerdictWord::Valid), int(TruthProbe::Outcome::CannotTell));
        if (m_waId.step())
            candidate.waId = m_waId.text(0);
        m_entry.bind(m_account, candidate.alias);
        if (m_entry.step()) {
            candidate.entry = sql::entryAt(m_entry, 0);
            if (!candidate.entry->waId.isEmpty())
                candidate.waId = candidate.entry->waId;
        }
    }

    const AccountId m_account;
    Statement m_person;
    Statement m_name;
    Statement m_of;
    Statement m_stop;
    Statement m_waId;
    Statement m_entry;
    Statement m_text;
    sql::OptOutHold m_optOut;
};

} // namespace rollcall
