namespace ScopedTasks.Analyzers.Flow;

/// <summary>What is wrong with one start of work: the rule that speaks of it, and what its message says.</summary>
/// <param name="Rule">The most specific rule that holds at the site.</param>
/// <param name="Start">
/// The operation that starts the work: a call, a <c>new</c>, a lambda or method group handed on.
/// </param>
/// <param name="Location">Where the report stands.</param>
/// <param name="Arguments">The message's arguments.</param>
/// <param name="CompilerSpeaks">
/// The compiler's CS4014 stands at this site, so the rule stays silent; its fixes do not.
/// </param>
/// <param name="Value">The whole expression that stands in for its result; null where nothing does.</param>
/// <param name="Severity">What the rule lowers this case to; null for its own severity.</param>
internal sealed record Finding(
    DiagnosticDescriptor Rule,
    IOperation Start,
    Location Location,
    ImmutableArray<string> Arguments,
    bool CompilerSpeaks = false,
    IOperation? Value = null,
    DiagnosticSeverity? Severity = null)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rule,
        Location,
        Severity ?? Rule.DefaultSeverity,
        additionalLocations: null,
        properties: null,
        Arguments.ToArray<object>());
}
