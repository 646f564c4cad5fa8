// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace rollcall {

/// Why something did not happen. The kind decides what the program does next; `detail` is for the log and is not
/// translated; the sentence a person reads is made from kind, code and subject in ui/text (failureSentence).
struct Failure {
    enum class Kind {
        // network
        Offline, ///< name not found, connection refused, no route: nothing was sent
        Timeout, ///< the call's total deadline passed
        Tls, ///< certificate, protocol or cipher refused: nothing was sent
        Redirected, ///< the gateway answered 3xx; subject = target host
        TooLarge, ///< the answer (or file) passed its byte cap
        BadReply, ///< an answer came, but not one this gateway may give (HTML, cut JSON, duplicate keys, missing
        ///< members)
        OutcomeUnknown, ///< a write left and no usable answer came back: never sent again by itself
        Unauthorised, ///< 401/403, wrong password, token expired and not renewable
        RateLimited, ///< the gateway took nothing and asks to wait; see retryAfter
        Refused, ///< the gateway understood and said no; code = its own code
        GatewayError, ///< 5xx
        Unsupported, ///< this gateway (or its engine) cannot do that
        // store and files
        Storage, ///< SQLite or file error not named below
        DiskFull, ///< subject = path
        ReadOnly, ///< the file, folder or mount cannot be written
        Corrupt, ///< the database is damaged; nothing was changed
        Foreign, ///< not a Rollcall database, a link, or owned by somebody else
        NewerSchema, ///< written by a newer Rollcall
        Busy, ///< another program holds the database
        AlreadyOpen, ///< another Rollcall has this profile
        NotFound, ///< no such row or file
        // input
        BadInput, ///< the file or text cannot be used; detail says where
        // secrets
        NoKeychain, ///< no Secret Service / keychain here: keep for this session only
        KeychainLocked, ///< there is one, but it did not let us in
        // people
        Cancelled, ///< the operator stopped it
        DoNotContact, ///< refused by our own stop
        OverBudget, ///< the account's check budget is spent; retryAfter says when there is room
        ClockMoved, ///< the clock is behind what this profile has seen: nothing is asked until the operator confirms
        ///< the time
    };

    Kind kind = Kind::Storage;
    QString detail = {};
    std::optional<std::chrono::seconds> retryAfter = {};
    int code = 0; ///< the gateway's code, the HTTP status or the SQLite extended code; 0 = none
    QString subject = {}; ///< what it is about (host, path, column); shown to the person, so never a secret
    /// Refused because of the account itself (session gone, plan, locked, stream id), whoever was asked about: each
    /// further request would be refused as well, and none of them says anything about a person.
    bool aboutAccount = false;
};

struct Nothing { };

/// Either a value or the one Failure. Names follow std::expected where they overlap.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Failure failure)
        : m_state(std::in_place_index<1>, std::move(failure))
    {
    }
    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    const T &operator*() const & { return std::get<0>(m_state); }
    T &operator*() & { return std::get<0>(m_state); }
    T &&operator*() && { return std::get<0>(std::move(m_state)); }
    const T *operator->() const { return &std::get<0>(m_state); }
    T *operator->() { return &std::get<0>(m_state); }
    [[nodiscard]] const Failure &failure() const { return std::get<1>(m_state); }

private:
    std::variant<T, Failure> m_state;
};

/// A step that yields nothing but may fail.
using Done = Result<Nothing>;

} // namespace rollcall
