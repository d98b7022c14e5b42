// Two tasks that yield in turn, on one thread.
use std::time::Instant;

const YIELDS: u32 = 4_000_000;

async fn yields() {
    for _ in 0..YIELDS / 2 {
        tokio::task::yield_now().await;
    }
}

async fn both() {
    let begin = Instant::now();
    let tasks = [tokio::spawn(yields()), tokio::spawn(yields())];
    for task in tasks {
        task.await.unwrap();
    }
    println!("ns {}", begin.elapsed().as_nanos() as f64 / YIELDS as f64);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(both());
}
