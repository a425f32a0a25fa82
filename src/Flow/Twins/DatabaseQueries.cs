using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Twins;

/// <summary>Decides whether a query begins at a database: a set of a context, however it is refined.</summary>
internal static class DatabaseQueries
{
    private const int Depth = 16;

    public static bool Is(IInvocationOperation call)
    {
        var current = ColdTrail.SourceOf(call);
        for (var depth = 0; current is not null && depth < Depth; depth++)
        {
            current = current.WithoutConversions();
            if (IsSet(current.Type))
            {
                return true;
            }

            current = current switch
            {
                IInvocationOperation inner => ColdTrail.SourceOf(inner),
                ITranslatedQueryOperation query => query.Operation,
                ILocalReferenceOperation local => LocalMentions.InitializerOf(local.Local, local),
                _ => null,
            };
        }

        return false;
    }

    private static bool IsSet(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "DbSet" or "DbContext" or "DatabaseFacade" })
            {
                return true;
            }
        }

        return false;
    }
}
