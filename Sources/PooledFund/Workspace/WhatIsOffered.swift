extension SignedInPerson {
    /// Whether it is worth offering somebody to invite people. The door asks again when they do.
    public func mayInvite(in fund: String) -> Bool { !isReadOnly && !roles(in: fund).isDisjoint(with: InvitePerson.right.roles) }

    public func mayRegisterOrganization(in fund: String) -> Bool {
        !isReadOnly && !roles(in: fund).isDisjoint(with: RegisterOrganization.right.roles)
    }

    /// Whether the rule of a role lets the person end this holding of it; a focal point ends those of its own organization only.
    public func mayEnd(_ holding: RoleHolding) -> Bool {
        guard !isReadOnly else { return false }
        if holding.person == id { return true }
        let mine = roles(in: holding.fund)
        return holdings.contains { own in
            own.fund == holding.fund && mine.contains(own.role) && holding.role.invitedBy.contains(own.role)
                && (own.role != .participatingOrganizationFocalPoint || own.organization == holding.organization)
        }
    }

    public func mayReset(in fund: String) -> Bool { !isReadOnly && !roles(in: fund).isDisjoint(with: ResetAccess.right.roles) }

    public func mayErase(in fund: String) -> Bool { !isReadOnly && !roles(in: fund).isDisjoint(with: ErasePerson.right.roles) }

    /// Whether the fund's Terms let the person see the addresses of others.
    public func seesAddresses(in fund: String) -> Bool {
        !roles(in: fund).isDisjoint(with: (rules[fund] ?? .strictest).addressesVisibleTo)
    }
}
