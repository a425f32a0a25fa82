namespace ScopedTasks.Analyzers.Apis;

/// <summary>What a member makes of a value that it is given as an object.</summary>
internal enum ValueUse
{
    /// <summary>Nothing is known of it: it may well want the task.</summary>
    None,

    /// <summary>It writes the value as text.</summary>
    Text,

    /// <summary>It sends, stores or shows what the value holds.</summary>
    Data,

    /// <summary>It asks whether there is a value.</summary>
    NullCheck,

    /// <summary>It compares the value with another one.</summary>
    Comparison,

    /// <summary>It gives something that is asked about the value: <c>x.Should()</c>.</summary>
    Subject,
}

/// <summary>One row: a member that takes values as objects and never wants a task.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The name, <c>.ctor</c>, or <c>*</c> for every member of the type.</param>
/// <param name="Use">What it makes of a value.</param>
/// <param name="Package">The package that holds the type; null for the framework.</param>
internal sealed record ValueApi(string Type, string Member, ValueUse Use, string? Package = null) : IApiRow;
