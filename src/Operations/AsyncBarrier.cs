namespace ScopedTasks.Analyzers.Operations;

/// <summary>Why <c>await</c> cannot be written at a place.</summary>
internal enum AsyncBarrier
{
    /// <summary>Nothing is in the way: <c>await</c> may be written here.</summary>
    None,

    /// <summary>The method, lambda or local function is not <c>async</c>, and could be made so.</summary>
    NotAsync,

    /// <summary>The function can never be <c>async</c>: a constructor, accessor, operator, finalizer.</summary>
    NeverAsync,

    /// <summary>Inside a <c>lock</c> statement.</summary>
    Lock,

    /// <summary>In the filter of a <c>catch</c>.</summary>
    CatchFilter,

    /// <summary>In <c>nameof</c>, where nothing is evaluated.</summary>
    NameOf,

    /// <summary>In a lambda that becomes data.</summary>
    ExpressionTree,

    /// <summary>In a query clause other than the collection of the first <c>from</c> or of a <c>join</c>.</summary>
    Query,

    /// <summary>In an attribute's arguments.</summary>
    Attribute,

    /// <summary>In the initializer of a field, property or constructor, or in a parameter's default value.</summary>
    Initializer,

    /// <summary>In an unsafe context.</summary>
    Unsafe,

    /// <summary>A span, another ref struct or a reference is alive on both sides.</summary>
    LiveReference,

    /// <summary>A lock that belongs to the thread, or a transaction that stays on it, is held.</summary>
    HeldLock,
}
