namespace ScopedTasks.CodeFixes.Building;

/// <summary>One way to repair a site, written once for every rule that offers it: an edit, or nothing.</summary>
internal abstract class Plan
{
    /// <summary>The plan's name in equivalence keys, options and documentation.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether only a person can choose it: such a plan never runs in bulk.</summary>
    public virtual bool NeedsDecision => false;

    /// <summary>What the plan writes at the site; null where it must not be offered.</summary>
    public abstract Edit? For(Site site);
}
