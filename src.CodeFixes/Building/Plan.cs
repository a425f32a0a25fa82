namespace ScopedTasks.CodeFixes.Building;

/// <summary>One way to repair a site, written once for every rule that offers it: an edit, or nothing.</summary>
internal abstract class Plan
{
    /// <summary>The plan's name in equivalence keys, options and documentation.</summary>
    public string Name => GetType().Name;

    /// <summary>
    /// Whether only a person can choose it: it never carries the plain key, and no bulk run takes it of its own accord.
    /// </summary>
    public virtual bool NeedsDecision => false;

    /// <summary>What the plan writes at the site; null where it must not be offered.</summary>
    public virtual Edit? For(Site site) => null;

    /// <summary>The same, of a plan that looks into other documents before it answers.</summary>
    public virtual Task<Edit?> ForAsync(Site site) => Task.FromResult(For(site));
}
