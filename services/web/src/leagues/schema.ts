// Written by `npm run generate` from docs/. Do not edit.

export interface paths {
    "/leagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The leagues that the caller is in. */
        get: operations["listLeagues"];
        put?: never;
        /** Make a league for a tournament. Whoever makes it is its commissioner. */
        post: operations["createLeague"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join by an invitation's code, as a bidder; who is in the league already stays what they are.
         * @description Who has left may come back; who was removed only by the commissioner, who gives them a role.
         */
        post: operations["joinLeague"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tournament-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a teams file would make, and all that is wrong with it; nothing is kept. */
        post: operations["previewTournament"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** A league, and what the caller is in it. */
        get: operations["readLeague"];
        put?: never;
        post?: never;
        /** Delete a league whose auction was never opened, with all that belongs to it. */
        delete: operations["deleteLeague"];
        options?: never;
        head?: never;
        /** Give a league another name. */
        patch: operations["changeLeague"];
        trace?: never;
    };
    "/leagues/{league_id}/membership": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave a league. What one has bought stays one's own; the commissioner hands over first. */
        delete: operations["leaveLeague"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The members by number, with those who have left. */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/members/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        /** A member. */
        get: operations["readMember"];
        put?: never;
        post?: never;
        /** Remove a member. What they bought stays theirs; their connections to the auction end. */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/members/{number}/role": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member another role; it also lets in again who has left or was removed.
         * @description The role of commissioner is handed over: whoever had it is an admin from then on.
         */
        put: operations["changeRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/members/{number}/budget": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        get?: never;
        /** Change the most that a member may spend; in a running auction from the next lot on. */
        put: operations["changeBudget"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The invitation there is. */
        get: operations["readInvite"];
        put?: never;
        /** A new invitation; the one before is void. */
        post: operations["renewInvite"];
        /** No invitation: nobody can join. */
        delete: operations["revokeInvite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/tournament": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The tournament with its field. */
        get: operations["readTournament"];
        /** Another field instead of the one there was; its lots are as a new league's would be. */
        put: operations["replaceTournament"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/lots": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The lots in the order they are listed in. */
        get: operations["readLots"];
        /** Sell the field in these lots: their order, and which slots are bundled. */
        put: operations["arrangeLots"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The rules for bids, clock and budget that the league has decided. */
        get: operations["readRules"];
        /** Other rules for bids, clock and budget; in a running auction from the next lot on. */
        put: operations["changeRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/settlement-rules": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The fee, the tax brackets and the payout rules. */
        get: operations["readSettlementRules"];
        /** Another fee, tax brackets and payout rules, until the auction is opened. */
        put: operations["changeSettlementRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The games that were played, and the awards that were made by hand. */
        get: operations["readResults"];
        /** Replace all results, and the awards if there are any in the file. */
        put: operations["importResults"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** Everybody's account as it would be if nothing more happened. */
        get: operations["settle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/settlement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /**
         * The accounts as a table, in dollars.
         * @description In a text that a spreadsheet could take for a formula, an apostrophe comes first.
         */
        get: operations["exportCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/settlement.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The accounts as a workbook, in dollars. */
        get: operations["exportXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leagues/{league_id}/sales": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        /** The sales that stand. */
        get: operations["listSales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ArrangeLots
         * @description All lots in their order; every slot of the tournament is in one of them.
         */
        ArrangeLots: {
            lots: components["schemas"]["LotLayout"][];
        };
        /**
         * BidRule
         * @description A price tier: from `from_cents` up, bids rise by at least `increment_cents`.
         */
        BidRule: {
            /** @description Integer cents. */
            from_cents: number;
            /** @description A positive amount in integer cents. */
            increment_cents: number;
        };
        /**
         * ChangeBudget
         * @description The most this member may spend; None: what the league's rules say.
         */
        ChangeBudget: {
            budget_cents: number | null;
        };
        /** ChangeLeague */
        ChangeLeague: {
            name: string;
        };
        /**
         * ChangeRole
         * @description Another role; `commissioner` hands the league over, and makes an admin of who had it.
         */
        ChangeRole: {
            /** @enum {unknown} */
            role: "admin" | "bidder" | "commissioner" | "spectator";
        };
        /**
         * CreateLeague
         * @description A league for a tournament; whoever creates it is its commissioner, as `member_name`.
         */
        CreateLeague: {
            name: string;
            member_name: string;
            tournament: components["schemas"]["TournamentFile"];
        };
        /**
         * Fee
         * @description What the commissioner keeps of the prize pool: a part of it, a fixed amount, or nothing.
         */
        Fee: {
            /** @default null */
            basis_points?: number | null;
            /** @default null */
            fixed_cents?: number | null;
        };
        /** GamePlayed */
        GamePlayed: {
            round: string;
            winner: string;
            winner_score: number;
            loser: string;
            loser_score: number;
        };
        /**
         * ImportProblem
         * @description One thing wrong with an imported file: `line` is 1-based and counts the header.
         */
        ImportProblem: {
            file: string;
            line: number;
            problem: string;
        };
        /**
         * Invite
         * @description The league's invitation, or None: nobody can join.
         */
        Invite: {
            code: string | null;
        };
        /**
         * JoinLeague
         * @description Join with an invitation, as `member_name`.
         */
        JoinLeague: {
            /** @description Lets whoever has it join as a bidder. */
            code: string;
            member_name: string;
        };
        /**
         * League
         * @description A league as one of its members sees it: `role` and `number` are the caller's.
         */
        League: {
            league_id: string;
            name: string;
            /** @enum {unknown} */
            role: "admin" | "bidder" | "commissioner" | "spectator";
            /** @description A member's short number within the auction. */
            number: number;
            auction_id: string;
            /** @enum {unknown} */
            auction_status: "closed" | "open" | "planned";
            tournament_name: string;
            version: number;
        };
        /**
         * LeagueMember
         * @description A member, also one who has left or was removed: what they bought stays theirs.
         */
        LeagueMember: {
            /** @description A member's short number within the auction. */
            number: number;
            name: string;
            /** @enum {unknown} */
            role: "admin" | "bidder" | "commissioner" | "spectator";
            /** @enum {unknown} */
            status: "active" | "left" | "removed";
            version: number;
            /** @default null */
            budget_cents?: number | null;
            /**
             * @description for commissioner and admins, and oneself.
             * @default null
             */
            email?: string | null;
        };
        /**
         * LeagueRules
         * @description What a league has decided; whatever is None comes from the stage's settings.
         */
        LeagueRules: {
            /** @default [] */
            bid_rules?: components["schemas"]["BidRule"][];
            /** @default null */
            clock_ms?: number | null;
            /** @default null */
            extension_ms?: number | null;
            /** @default null */
            budget_cents?: number | null;
        };
        /**
         * LeaguesPage
         * @description The caller's leagues by id; `next_cursor` asks for those after them, None: there are none.
         */
        LeaguesPage: {
            leagues: components["schemas"]["League"][];
            /** @default null */
            next_cursor?: string | null;
        };
        /**
         * Lot
         * @description What is auctioned at once: one slot, or a bundle of slots.
         */
        Lot: {
            lot_id: string;
            position: number;
            name: string;
            slots: components["schemas"]["Slot"][];
        };
        /**
         * LotLayout
         * @description A lot to be: one slot, or a bundle. Without a name it gets one from its slots.
         */
        LotLayout: {
            slot_ids: string[];
            /** @default null */
            name?: string | null;
        };
        /**
         * Lots
         * @description The lots by position.
         */
        Lots: {
            lots: components["schemas"]["Lot"][];
        };
        /**
         * Member
         * @description A user in a league, by the short number that stands for them in the auction.
         */
        Member: {
            /** @description A member's short number within the auction. */
            number: number;
            user_id: string;
            name: string;
            /** @enum {unknown} */
            role: "admin" | "bidder" | "commissioner" | "spectator";
            /** @default null */
            budget_cents?: number | null;
        };
        /**
         * MembersPage
         * @description Members by number; `next_cursor` asks for those after them, None: there are none.
         */
        MembersPage: {
            members: components["schemas"]["LeagueMember"][];
            /** @default null */
            next_cursor?: string | null;
        };
        /**
         * Payout
         * @description What a member gets by one payout rule, for `results` results.
         */
        Payout: {
            rule: string;
            results: number;
            amount_cents: number;
        };
        /**
         * PayoutRule
         * @description What a result pays the owner of its slot: either `basis_points` or `fixed_cents`.
         */
        PayoutRule: {
            /** @description what people call it; unique in the league. */
            name: string;
            /**
             * @description every win in this round is such a result; None: one slot is awarded it by hand.
             * @default null
             */
            round?: string | null;
            /**
             * @description of the net pool, for each result.
             * @default null
             */
            basis_points?: number | null;
            /**
             * @description for each result.
             * @default null
             */
            fixed_cents?: number | null;
        };
        /**
         * Problem
         * @description Why a request was refused (RFC 9457).
         */
        Problem: {
            /** @description `urn:calcutta:problem:` and the code. */
            type: string;
            /** @description the code in words. */
            title: string;
            status: number;
            /** @description one sentence for a person. */
            detail: string;
            code: components["schemas"]["ErrorCode"];
            /**
             * @description the path of the offending field, or `header:` and the header's name.
             * @default null
             */
            field?: string | null;
            /**
             * @description what is wrong with an imported file, by line.
             * @default []
             */
            problems?: components["schemas"]["ImportProblem"][];
        };
        /**
         * Results
         * @description Games in the order they were played, and slot ids by the payout rule awarded by hand.
         */
        Results: {
            games: components["schemas"]["GamePlayed"][];
            awards: {
                [key: string]: string;
            };
        };
        /**
         * ResultsFile
         * @description All games that were played, instead of those there were.
         */
        ResultsFile: {
            /** @description text with the columns round,winner,winner_score,loser,loser_score. */
            results_csv: string;
            /**
             * @description team by the name of the payout rule that is awarded by hand; replaces all awards, or, as None, leaves them.
             * @default null
             */
            awards?: {
                [key: string]: string;
            } | null;
        };
        /**
         * ResultsImported
         * @description What there is now: games played, of all the tournament has, and awards made.
         */
        ResultsImported: {
            games: number;
            games_in_all: number;
            awards: number;
        };
        /**
         * RuleTotal
         * @description What a payout rule came to: `decided` of its `results` are known; `paid_cents` to members.
         */
        RuleTotal: {
            rule: string;
            results: number;
            decided: number;
            paid_cents: number;
        };
        /**
         * Sale
         * @description A sale that stands: `seq` is the event that made it.
         */
        Sale: {
            lot_id: string;
            lot_name: string;
            owner: number;
            price_cents: number;
            seq: number;
        };
        /**
         * Sales
         * @description The members concerned, the sales that stand, and the auction's status in the database.
         */
        Sales: {
            members: components["schemas"]["Member"][];
            sales: components["schemas"]["Sale"][];
            /**
             * @default planned
             * @enum {unknown}
             */
            status?: "closed" | "open" | "planned";
        };
        /**
         * Settlement
         * @description Everybody's account, the highest net return first. The payouts and the fee are the prize pool, and the net returns sum to minus the fee: to the cent, at any time.
         */
        Settlement: {
            auction_id: string;
            title: string;
            /** @description the sum of all total buy-ins. */
            prize_pool_cents: number;
            fee_cents: number;
            /** @description of the payouts, what goes back since nobody is owed it. */
            returned_cents: number;
            standings: components["schemas"]["Standing"][];
            rules: components["schemas"]["RuleTotal"][];
            /** @description what is still to happen, a sentence each; the settlement is final if it is empty. */
            pending: string[];
        };
        /**
         * SettlementRules
         * @description What a league has decided. Without payouts, those that fit its field by default.
         */
        SettlementRules: {
            /**
             * @default {
             *       "basis_points": null,
             *       "fixed_cents": null
             *     }
             */
            fee?: components["schemas"]["Fee"];
            /**
             * @description brackets in ascending order.
             * @default []
             */
            tax?: components["schemas"]["TaxBracket"][];
            /**
             * @description the percentages of all results of a tournament together are the whole net pool.
             * @default []
             */
            payouts?: components["schemas"]["PayoutRule"][];
        };
        /**
         * Slot
         * @description A position in the tournament's field; two play-in teams can share it.
         */
        Slot: {
            slot_id: string;
            region: string;
            seed: number;
            teams: string[];
        };
        /**
         * Standing
         * @description A member's account.
         */
        Standing: {
            /** @description A member's short number within the auction. */
            number: number;
            name: string;
            natural_buy_in_cents: number;
            tax_cents: number;
            total_buy_in_cents: number;
            payouts: components["schemas"]["Payout"][];
            /** @description the member's part of what nobody is owed. */
            returned_cents: number;
            /** @description the sum of `payouts` and `returned_cents`. */
            payout_cents: number;
            /** @description payout less total buy-in. */
            net_return_cents: number;
        };
        /**
         * TaxBracket
         * @description On the part of a natural buy-in from `from_cents` to the next bracket, this much is added.
         */
        TaxBracket: {
            /** @description Integer cents. */
            from_cents: number;
            /** @description Hundredths of one per cent. */
            basis_points: number;
        };
        /**
         * Tournament
         * @description The field, by slot id.
         */
        Tournament: {
            name: string;
            slots: components["schemas"]["Slot"][];
        };
        /**
         * TournamentFile
         * @description A tournament's field as the text of a file, and how it is sold.
         */
        TournamentFile: {
            name: string;
            /** @description text with the columns region,seed,team,play_in. */
            teams_csv: string;
            /**
             * @description slots of these seeds are sold as one lot a seed.
             * @default []
             */
            bundled_seeds?: number[];
        };
        /**
         * TournamentPreview
         * @description What a file would make; `problems` is empty if it would be accepted.
         */
        TournamentPreview: {
            teams: number;
            slots: number;
            lots: number;
            problems: components["schemas"]["ImportProblem"][];
        };
        /**
         * ErrorCode
         * @description Stable. A code that a client does not know is a refusal like the others.
         */
        ErrorCode: string & ("internal_error" | "malformed_message" | "unknown_action" | "invalid_message" | "message_too_long" | "version_required" | "import_refused" | "unauthenticated" | "forbidden" | "not_found" | "already_member" | "too_many_leagues" | "outdated" | "commissioner_needed" | "league_full" | "busy" | "callee_failed" | "too_many_hops" | "auction_not_open" | "auction_already_open" | "auction_closed" | "auction_paused" | "auction_not_paused" | "lot_not_up" | "lot_is_up" | "lot_not_available" | "lot_not_settled" | "no_lots_left" | "no_bid_to_undo" | "bid_changed" | "bid_too_low" | "over_budget" | "deadline_passed" | "deadline_not_reached");
    };
    responses: {
        /** @description Refused: 400, 401, 403, 404, 409, 412, 413, 422, 428, 500, 503. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listLeagues: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many there are in a page at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller's leagues by id; `next_cursor` asks for those after them, None: there are none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaguesPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createLeague: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client; the same key again makes nothing anew. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateLeague"];
            };
        };
        responses: {
            /** @description A league as one of its members sees it: `role` and `number` are the caller's. */
            201: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["League"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    joinLeague: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinLeague"];
            };
        };
        responses: {
            /** @description A member, also one who has left or was removed: what they bought stays theirs. */
            201: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueMember"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    previewTournament: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TournamentFile"];
            };
        };
        responses: {
            /** @description What a file would make; `problems` is empty if it would be accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TournamentPreview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readLeague: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A league as one of its members sees it: `role` and `number` are the caller's. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["League"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteLeague: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeLeague: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeLeague"];
            };
        };
        responses: {
            /** @description A league as one of its members sees it: `role` and `number` are the caller's. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["League"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    leaveLeague: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the member, if only as it was read is meant. */
                "If-Match"?: string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many there are in a page at most. */
                limit?: number;
            };
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Members by number; `next_cursor` asks for those after them, None: there are none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembersPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A member, also one who has left or was removed: what they bought stays theirs. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueMember"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the member, if only as it was read is meant. */
                "If-Match"?: string;
            };
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRole"];
            };
        };
        responses: {
            /** @description A member, also one who has left or was removed: what they bought stays theirs. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueMember"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeBudget: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeBudget"];
            };
        };
        responses: {
            /** @description A member, also one who has left or was removed: what they bought stays theirs. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueMember"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The league's invitation, or None: nobody can join. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invite"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renewInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The league's invitation, or None: nobody can join. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invite"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readTournament: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The field, by slot id. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tournament"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceTournament: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TournamentFile"];
            };
        };
        responses: {
            /** @description The field, by slot id. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tournament"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readLots: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lots by position. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lots"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    arrangeLots: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArrangeLots"];
            };
        };
        responses: {
            /** @description The lots by position. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lots"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a league has decided; whatever is None comes from the stage's settings. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueRules"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeRules: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeagueRules"];
            };
        };
        responses: {
            /** @description What a league has decided; whatever is None comes from the stage's settings. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeagueRules"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readSettlementRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a league has decided. Without payouts, those that fit its field by default. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementRules"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeSettlementRules: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettlementRules"];
            };
        };
        responses: {
            /** @description What a league has decided. Without payouts, those that fit its field by default. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementRules"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readResults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Games in the order they were played, and slot ids by the payout rule awarded by hand. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Results"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importResults: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what is changed, as it was read. Without it: 428. */
                "If-Match": string;
            };
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResultsFile"];
            };
        };
        responses: {
            /** @description What there is now: games played, of all the tournament has, and awards made. */
            200: {
                headers: {
                    /** @description What `If-Match` has to name to change this. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultsImported"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    settle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody's account, the highest net return first. The payouts and the fee are the prize pool, and the net returns sum to minus the fee: to the cent, at any time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportCsv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file. */
            200: {
                headers: {
                    /** @description How the file is to be called. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportXlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file. */
            200: {
                headers: {
                    /** @description How the file is to be called. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listSales: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                league_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The members concerned, the sales that stand, and the auction's status in the database. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sales"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
