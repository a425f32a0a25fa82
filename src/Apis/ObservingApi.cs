namespace ScopedTasks.Analyzers.Apis;

/// <summary>What a method does to the work behind a task that it takes or gives.</summary>
internal enum Observation
{
    /// <summary>Nothing is known of it.</summary>
    None,

    /// <summary>Gives another value for the same work: who joins that value joins the work.</summary>
    SameWork,

    /// <summary>Starts a continuation, which may or may not look at the work's failure.</summary>
    Continuation,

    /// <summary>Gives a task that is complete already.</summary>
    Complete,

    /// <summary>Gives a task without work behind it, such as a timer's.</summary>
    NoWork,

    /// <summary>Somebody else joins the work: the value may be dropped.</summary>
    Owned,

    /// <summary>Gives a stand-in; what is called on it is a check or a set-up and starts nothing.</summary>
    StandIn,

    /// <summary>Takes a delegate and looks at what its call does: an assertion, a set-up.</summary>
    Assertion,
}

/// <summary>One row: a method, by its type's metadata name, and what it does to a task.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name, or <c>*</c> for every method of the type.</param>
/// <param name="Does">What it does.</param>
/// <param name="Parameter">The type name of a parameter that picks one overload; null for all.</param>
/// <param name="Package">The package that holds the type; null for the framework and our runtime.</param>
internal sealed record ObservingApi(
    string Type,
    string Member,
    Observation Does,
    string? Parameter = null,
    string? Package = null) : IApiRow;
