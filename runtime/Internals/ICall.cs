using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>A call that begins work; a struct, so that making it costs no more than the call.</summary>
internal interface ICall
{
    /// <summary>Makes it.</summary>
    /// <returns>The work's task; null is the work's mistake.</returns>
    Task? Invoke();
}
