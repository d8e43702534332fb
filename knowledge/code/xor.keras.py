import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")   # (4, 2)
y = np.array([[0], [1], [1], [0]], dtype="float32")               # (4, 1)  XOR

model = keras.Sequential([
    keras.Input(shape=(2,)),
    layers.Dense(8, activation="tanh"),       # (4, 8)  camada oculta / hidden layer
    layers.Dense(1, activation="sigmoid"),    # (4, 1)
])
model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy")
history = model.fit(x, y, epochs=300, verbose=0)
answers = (model.predict(x, verbose=0) > 0.5).astype(int).flatten().tolist()
print(f"0 1 1 0 = {answers}  loss: {history.history['loss'][-1]:.4f}")
