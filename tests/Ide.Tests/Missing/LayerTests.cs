using Xunit;

namespace ScopedTasks.Ide.Tests.Missing;

/// <summary>All that is left where the SDK comes without the IDE's engine.</summary>
public class LayerTests
{
    [Fact(Skip = "This SDK has no DotnetTools/dotnet-format, whose assemblies are the IDE's engine.")]
    public void The_engine_of_the_IDE_is_there()
    {
    }
}
