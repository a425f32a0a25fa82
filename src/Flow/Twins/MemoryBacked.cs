using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Twins;

/// <summary>Decides whether a stream, reader or writer stays in memory, however it is wrapped.</summary>
internal sealed class MemoryBacked(TwinApis apis)
{
    private const int Depth = 4;

    public bool Is(IOperation? value) => Is(value, Depth);

    private bool Is(IOperation? value, int depth)
    {
        if (value?.WithoutConversions() is not { Type: { } type } bare || depth == 0)
        {
            return false;
        }

        if (apis.IsInMemory(type))
        {
            return true;
        }

        switch (bare)
        {
            case IObjectCreationOperation creation:
                foreach (var argument in creation.Arguments)
                {
                    if (argument.Parameter?.Type.Name is "Stream" or "TextWriter" or "TextReader"
                        && Is(argument.Value, depth - 1))
                    {
                        return true;
                    }
                }

                return false;
            case ILocalReferenceOperation local:
                return Is(LocalMentions.InitializerOf(local.Local, local), depth - 1);

            // The console, whoever asks for it.
            case IPropertyReferenceOperation { Property: { ContainingType.Name: "Console" } }:
                return true;
            default:
                return false;
        }
    }
}
