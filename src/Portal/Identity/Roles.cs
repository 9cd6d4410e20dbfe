namespace Earmark.Portal.Identity;

/// <summary>Who may do what. A person or key has exactly one role.</summary>
public static class Roles
{
    public const string BankOfficer = "bank-officer";
    public const string BankApprover = "bank-approver";
    public const string RanchOperator = "ranch-operator";
    public const string WarehouseOperator = "warehouse-operator";
    public const string FleetOperator = "fleet-operator";
    public const string Borrower = "borrower";
    public const string Admin = "admin";

    public static readonly string[] All =
        [BankOfficer, BankApprover, RanchOperator, WarehouseOperator, FleetOperator, Borrower, Admin];

    /// <summary>Sees the whole institution.</summary>
    public static readonly string[] Bank = [BankOfficer, BankApprover, Admin];

    /// <summary>Declares what happens at sites it may see.</summary>
    public static readonly string[] Onboarding =
        [BankOfficer, BankApprover, Admin, RanchOperator, WarehouseOperator, FleetOperator];

    /// <summary>Sees facilities: the bank all of them, a borrower its own.</summary>
    public static readonly string[] Lending = [BankOfficer, BankApprover, Admin, Borrower];
}
