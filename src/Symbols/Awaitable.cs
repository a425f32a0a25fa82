namespace ScopedTasks.Analyzers.Symbols;

/// <summary>What kind of awaitable a type is.</summary>
internal enum Awaitable
{
    /// <summary>Not awaitable, or nothing is known of it: rules stay silent.</summary>
    None,

    /// <summary>The work is running already when the value is held: a task.</summary>
    Hot,

    /// <summary>Nothing runs until the value is awaited or started: a coroutine, a type marked <c>[Cold]</c>.</summary>
    Cold,

    /// <summary>Nothing runs until the value is enumerated with <c>await foreach</c>.</summary>
    Stream,
}
