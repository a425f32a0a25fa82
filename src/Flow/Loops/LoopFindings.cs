using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Loops;

/// <summary>Says of what holds its thread in a coroutine that it stops the loop, whatever it is elsewhere.</summary>
internal static class LoopFindings
{
    private const string OffTheLoop = "run it with 'Blocking.RunAsync'";

    /// <param name="finding">What would be said in code that is no coroutine.</param>
    /// <param name="containingSymbol">The symbol around.</param>
    /// <param name="types">The types of the compilation.</param>
    /// <param name="name">What blocks.</param>
    /// <param name="until">How long, as a message says it.</param>
    /// <param name="instead">What to do, where something better than another thread is known.</param>
    public static Finding OrLoop(
        this Finding finding,
        ISymbol? containingSymbol,
        KnownTypes types,
        string name,
        string until,
        string? instead = null) =>
        LoopCode.Holds(finding.Start, containingSymbol, types)
            ? finding with
            {
                Rule = Descriptors.BlockedLoop,
                Arguments = ImmutableArray.Create(name, until, instead ?? OffTheLoop),
            }
            : finding;
}
