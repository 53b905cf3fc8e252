namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>What tries are counted by.</summary>
public enum BudgetKind
{
    /// <summary>An account: its passwords, or its codes.</summary>
    Account,

    /// <summary>A device that its user has signed in on before.</summary>
    Device,

    /// <summary>A client network.</summary>
    Network,
}
